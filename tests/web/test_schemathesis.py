"""The API against its own description: made-up requests, right and wrong, give answers of the described form and no server error."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.web import desk_made as made

# what a schema cannot say (a date, a state's name, a cursor of this question) is refused with 400 or 422, so that check is left out
SLOW = "/api/v1/(explain|check-claim)"  # they load the language model; their own tests ask them
FEW = settings(
    max_examples=4, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_answers_are_as_described(tmp_path: Path, mode: GenerationMode) -> None:
    made.make(tmp_path / "desk.db")
    begin = time.monotonic()
    with made.opened(tmp_path / "desk.db") as client:
        app: Any = client.app
        app.state.guards.hosts |= {"testserver"}
        app.state.guards.judgements.rate = app.state.guards.judgements.burst = 1e9
        headers = dict(made.bearer(made.token(client)))
        asked = 0
        for found in schemathesis.openapi.from_asgi("/api/v1/openapi.json", app).exclude(path_regex=SLOW).get_all_operations():

            @FEW
            @given(case=found.ok().as_strategy(generation_mode=mode))
            def answers(case: Any) -> None:
                nonlocal asked
                asked += 1
                case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

            with suppress(Unsatisfiable):  # an address that takes any text cannot be asked wrongly
                answers()
    assert asked > 60
    assert time.monotonic() - begin < 300, "bounded: it runs with the other tests"
