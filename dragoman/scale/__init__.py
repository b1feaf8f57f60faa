"""The same stages on an engine, for what one machine's `dragoman read` would take too long for. Sees all stages; they do not see it.

    from dragoman.scale.reading import read        # crawls into a folder of Parquet
    from dragoman.scale.resolving import facts     # the facts of such a folder
    Record("x.db").load(folder)                    # the folder into a record

The processes that read import no more than they need, so that nothing is imported here.
"""
