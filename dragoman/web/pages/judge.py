"""Who is there, and what they decide: signing in with a token, judgements and their undoing, and the list of who judged what."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.model.facts import Judgement
from dragoman.web import deciding, desk, security, tables
from dragoman.web.errors import Refused

router = APIRouter()
PAGE = 50
Line = Annotated[str, Form(max_length=400)]


def back_to(path: str) -> str:
    """A path of the desk to go back to; anything else is the first page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else "/"


@router.get("/sign-in", response_class=HTMLResponse)
def sign_in_form(request: Request, back: str = "/") -> HTMLResponse:
    """Where a token is given."""
    return desk.page(request, "sign_in.html", back=back_to(back), wrong=None)


@router.post("/sign-in")
def sign_in(request: Request, token: Line, back: Line = "/") -> Response:
    """A session for the holder of a token, in a cookie that no script can read and no other site can send."""
    try:
        name = security.checked(request, token.strip())
    except Refused as refused:
        return desk.page(request, "sign_in.html", refused.status, refused.headers, back=back_to(back), wrong=refused)
    answer = RedirectResponse(back_to(back), 303)
    answer.set_cookie(security.COOKIE, security.session_for(request, name), max_age=security.HOURS * 3600, httponly=True, samesite="strict",
                      secure=request.url.scheme == "https")
    return answer


@router.post("/sign-out")
def sign_out(request: Request, key: Line = "") -> Response:
    """The end of a session."""
    security.judging(request, key)
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(security.COOKIE)
    return answer


@router.post("/judge")
def judge(request: Request, record: desk.Shown, verb: Line, subject: Annotated[list[str], Form(max_length=50)], key: Line = "",
          why: Annotated[str, Form(max_length=2000)] = "", back: Line = "/") -> Response:
    """A decision about claims, facts or names."""
    by = security.judging(request, key)
    if verb not in ("same", "different", "reject", "accept", "note"):
        raise Refused(400, "bad-parameter", f"There is no judgement {verb[:40]!r} here.", "Use the buttons of the page.")
    if verb == "note" and not why.strip():
        raise Refused(400, "bad-parameter", "A note needs words.", "Write them beside the button.")
    with deciding.room(request):
        line = record.judge(verb, *subject, by=by, why=why.strip() or None)
    return _done(request, line, back)


@router.post("/undo")
def undo(request: Request, record: desk.Shown, judgement: Line, key: Line = "", why: Annotated[str, Form(max_length=2000)] = "",
         back: Line = "/") -> Response:
    """A decision withdrawn; the withdrawal is a line that can itself be undone."""
    by = security.judging(request, key)
    with deciding.room(request):
        line = record.undo(judgement, by=by, why=why.strip() or None)
    return _done(request, line, back)


def _done(request: Request, line: Judgement, back: str) -> Response:
    deciding.follow(request, line)
    if "hx-request" in request.headers:
        return desk.page(request, "done.html", line=line, verbs=deciding.VERBS, back=back_to(back), headers={"Cache-Control": "no-store"})
    path, hash_, place = back_to(back).partition("#")
    return RedirectResponse(f"{path}{'&' if '?' in path else '?'}done={line.id}{hash_}{place}", 303)


@router.get("/judgements", response_class=HTMLResponse)
def judgements(request: Request, record: desk.Shown, by: Annotated[str, Query(max_length=80)] = "",
               page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """Who judged what, the latest first; nothing is ever taken out of this list."""
    judged = deciding.lines(request)
    found = [j for j in reversed(judged.every) if (not by or j.by == by) and (not j.private or security.signed_in(request))]
    if form := tables.asked(request):
        return tables.download(form, "judgements", (asdict(j) | {"stands": j.id not in judged.undone} for j in found))
    begin = (page - 1) * PAGE
    return desk.page(request, "judgements.html", rows=found[begin : begin + PAGE], more=len(found) > begin + PAGE, page=page, by=by,
                     who=sorted({j.by for j in judged.every}), undone=judged.undone, verbs=deciding.VERBS)

