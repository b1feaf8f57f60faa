"""Claims, facts and documents as flat tables, one layout a kind: what spreadsheets, Parquet and SQLite are made of."""
