"""The line-item table in each system's words, and where its rows stand ready."""

COLUMNS = ("l_orderkey l_partkey l_suppkey l_linenumber l_quantity l_extendedprice l_discount l_tax l_returnflag "
           "l_linestatus l_shipdate l_commitdate l_receiptdate l_shipinstruct l_shipmode l_comment").split()

_TYPES = (["bigint", "bigint", "bigint", "bigint"] + ["numeric(15,2)"] * 4 + ["{char1}"] * 2 + ["date"] * 3
          + ["{char25}", "{char10}", "{text44}"])


def ddl(system, table="lineitem"):
    words = {"postgres": {"char1": "text", "char25": "text", "char10": "text", "text44": "text"},
             "mariadb": {"char1": "varchar(1)", "char25": "varchar(25)", "char10": "varchar(10)", "text44": "varchar(44)"}}[system]
    columns = ", ".join(f"{name} {kind.format(**words)} NOT NULL" for name, kind in zip(COLUMNS, _TYPES))
    return f"CREATE TABLE {table} ({columns})"
