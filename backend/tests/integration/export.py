"""Every value of a database, read without our code and put into one form, to compare two systems.

Each value crosses as hexadecimal of its text (or of its bytes), so that no client's escaping can hide a difference.
"""
import decimal
import re

NULL = "~"
LISTS = {
    "postgres": "SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables "
                "USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE' "
                "AND is_generated = 'NEVER' ORDER BY 1, ordinal_position",
    "mariadb": "SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables "
               "USING (table_schema, table_name) WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' "
               "AND table_name NOT LIKE 'migrateiq%' ORDER BY 1, ordinal_position",
    "sqlite": "SELECT m.name, x.name, x.type FROM sqlite_master m JOIN pragma_table_info(m.name) x WHERE m.type = 'table' "
              "AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'migrateiq%' ORDER BY 1, x.cid",
}
BYTES = re.compile(r"blob|binary|bytea|geometry|point", re.IGNORECASE)


def value_sql(kind, column, data_type):
    if kind == "postgres":
        quoted = '"' + column + '"'
        text = f"encode({quoted}, 'hex')" if data_type == "bytea" else f"encode(convert_to({quoted}::text, 'UTF8'), 'hex')"
    elif kind == "mariadb":
        quoted = f"`{column}`"
        text = f"HEX({quoted})" if BYTES.search(data_type) else f"HEX(CONVERT({quoted} USING utf8mb4))"
        text = f"HEX(CAST({quoted} AS DOUBLE))" if data_type == "float" else text
    else:
        text = f'hex("{column}")'
        quoted = f'"{column}"'
    return f"CASE WHEN {quoted} IS NULL THEN '{NULL}' ELSE lower({text}) END"


def tables(database):
    """{table: [(column, type)]}"""
    found = {}
    for table, column, data_type in database.rows(LISTS[database.kind]):
        found.setdefault(table, []).append((column, data_type))
    return found


def decoded(hexadecimal, data_type):
    if hexadecimal == NULL or BYTES.search(data_type):
        return hexadecimal
    return normal(bytes.fromhex(hexadecimal).decode("utf-8"), data_type)


def normal(text, data_type):
    """One text for values that systems print differently: 1.50 and 1.5, t and 1, a fraction of zeros."""
    if data_type == "boolean":
        return {"true": "1", "false": "0", "t": "1", "f": "0"}.get(text, text)
    if re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        number = decimal.Decimal(text).normalize(decimal.Context(prec=80))
        return "0" if number == 0 else format(number, "f")
    if re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(\+00(:00)?)?", text):
        text = re.sub(r"\+00(:00)?$", "", text).replace("T", " ")
        text = re.sub(r"\.?0+$", "", text) if "." in text else text
        return re.sub(r" 00:00:00$", "", text)
    return text.rstrip(" ") if data_type in ("character", "char") else text


def rows(database, table, columns):
    """All rows as a sorted list of tuples, columns in the order of their names."""
    columns = sorted(columns)
    quote = "`" if database.kind == "mariadb" else '"'
    wanted = ", ".join(value_sql(database.kind, name, data_type) for name, data_type in columns)
    found = database.rows(f"SELECT {wanted} FROM {quote}{table}{quote};")
    return sorted(tuple(decoded(value, data_type) for value, (_, data_type) in zip(row, columns)) for row in found)


def compare(case, source, target, ignore=()):
    """Fails the case unless both hold the same tables, columns and values."""
    left, right = tables(source), tables(target)
    case.assertEqual(sorted(left), sorted(right))
    for table in sorted(left):
        names = {name for name, _ in left[table]} & {name for name, _ in right[table]}
        case.assertEqual(names | set(ignore), {name for name, _ in left[table]} | set(ignore), table)
        chosen = [[(n, t) for n, t in side[table] if n in names and n not in ignore] for side in (left, right)]
        one, other = rows(source, table, chosen[0]), rows(target, table, chosen[1])
        case.assertEqual(len(one), len(other), f"rows of {table}")
        for a, b in zip(one, other):
            case.assertEqual(a, b, f"{table}: {sorted(names - set(ignore))}")
