"""The steps by which an older record becomes a current one; run by store.migrate."""
