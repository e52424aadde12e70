#include <algorithm>

#include "connectors/postgres/postgres_dialect.hpp"
#include "connectors/postgres/postgres_session.hpp"
#include "connectors/postgres/postgres_types.hpp"

namespace migrateiq::postgres {

namespace {

constexpr int32_t kMostCharacters = 10485760;

std::string Sized(const char* name, int32_t size) {
  return size > 0 ? name + ("(" + std::to_string(size) + ")") : name;
}

/// The precision is written only when it is less than all six digits.
std::string Timed(const char* name, int32_t precision) {
  return precision >= 6 || precision < 0 ? name : name + ("(" + std::to_string(precision) + ")");
}

std::string DecimalName(const LogicalType& type) {
  if (type.precision <= 0 || type.scale < 0 || type.precision > 1000) return "numeric";
  return "numeric(" + std::to_string(std::max(type.precision, type.scale)) + "," + std::to_string(type.scale) + ")";
}

/// MySQL's TEXT family declares bytes, not characters.
bool IsTextFamily(std::string_view native) {
  return native.find("text") != std::string_view::npos || native.find("TEXT") != std::string_view::npos ||
         native.find("clob") != std::string_view::npos;
}

std::string StringName(const CatalogColumn& source) {
  const int32_t length = source.type.length;
  return length <= 0 || length > kMostCharacters || IsTextFamily(source.native) ? "text" : Sized("varchar", length);
}

std::string CharName(const LogicalType& type) {
  return type.length <= 0 || type.length > kMostCharacters ? "text" : Sized("char", type.length);
}

std::string NativeFor(const CatalogColumn& source) {
  const LogicalType& type = source.type;
  switch (type.kind) {
    case TypeKind::kBool: return "boolean";
    case TypeKind::kInt8:
    case TypeKind::kInt16: return "smallint";
    case TypeKind::kInt32: return "integer";
    case TypeKind::kInt64: return "bigint";
    case TypeKind::kUInt64: return "numeric(20,0)";
    case TypeKind::kFloat: return "real";
    case TypeKind::kDouble: return "double precision";
    case TypeKind::kDecimal: return DecimalName(type);
    case TypeKind::kString: return StringName(source);
    case TypeKind::kChar: return CharName(type);
    case TypeKind::kBytes:
    case TypeKind::kGeometry: return "bytea";
    case TypeKind::kDate: return "date";
    case TypeKind::kTime: return Timed("time", type.precision);
    case TypeKind::kTimestamp: return Timed("timestamp", type.precision);
    case TypeKind::kTimestampTz: return Timed("timestamptz", type.precision);
    case TypeKind::kInterval: return Timed("interval", type.precision);
    case TypeKind::kUuid: return "uuid";
    case TypeKind::kJson: return type.parsed ? "jsonb" : "json";
    case TypeKind::kBit: return Sized(type.length > 0 ? "bit" : "varbit", type.length);
    case TypeKind::kEnum:
    case TypeKind::kArray:
    case TypeKind::kAny: return "text";
  }
  return "text";
}

std::string NoteFor(const CatalogColumn& source) {
  switch (source.type.kind) {
    case TypeKind::kUInt64: return "unsigned 64-bit becomes numeric(20,0)";
    case TypeKind::kGeometry: return "geometry is kept as EWKB bytes";
    case TypeKind::kArray: return "the array becomes its text";
    case TypeKind::kEnum:
      return source.type.set ? "a SET becomes text, its members joined by commas"
                             : "an ENUM becomes text; its labels are kept by a check";
    default: return "";
  }
}

TypeChoice FromElsewhere(const CatalogColumn& source) {
  TypeChoice choice{.native = NativeFor(source), .note = NoteFor(source)};
  choice.type = ParsePgType(choice.native)->type;
  return choice;
}

std::string LabelArray(const std::vector<std::string>& labels) {
  std::string list;
  for (const std::string& label : labels) list += (list.empty() ? "" : ", ") + QuoteText(label);
  return list;
}

/// Makes the type, or makes sure that the one there has the same labels.
std::vector<std::string> EnumStatements(const CatalogColumn& source) {
  const std::vector<std::string> name = SplitQualifiedName(source.native);
  std::string quoted;
  for (const std::string& part : name) quoted += (quoted.empty() ? "" : ".") + QuoteIdentifier(part);
  std::vector<std::string> statements;
  if (name.size() == 2 && name[0] != "public")
    statements.push_back("CREATE SCHEMA IF NOT EXISTS " + QuoteIdentifier(name[0]));
  const std::string labels = LabelArray(source.type.labels);
  statements.push_back("DO $migrateiq$ BEGIN IF to_regtype(" + QuoteText(quoted) + ") IS NULL THEN CREATE TYPE " +
                       quoted + " AS ENUM (" + labels +
                       "); "
                       "ELSIF (SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_catalog.pg_enum WHERE "
                       "enumtypid = to_regtype(" +
                       QuoteText(quoted) + ")) IS DISTINCT FROM ARRAY[" + labels +
                       "]::text[] THEN RAISE EXCEPTION 'type % exists with other labels', " + QuoteText(quoted) +
                       "; END IF; END $migrateiq$");
  return statements;
}

bool NeedsExtension(std::string_view name) {
  static constexpr std::string_view kNames[] = {"citext", "hstore", "geometry", "geography", "ltree", "vector"};
  const size_t dot = name.rfind('.');
  const std::string_view bare = dot == std::string_view::npos ? name : name.substr(dot + 1);
  return std::ranges::find(kNames, bare) != std::end(kNames);
}

TypeChoice FromSame(const CatalogColumn& source) {
  const auto known = ParsePgType(source.native);
  if (known && !NeedsExtension(known->name)) return {.native = source.native, .type = known->type};
  if (!known && source.type.kind == TypeKind::kEnum) {
    return {.native = source.native, .type = source.type, .before = EnumStatements(source)};
  }
  return {.native = "text", .type = LogicalType::String(), .note = "type " + source.native + " becomes text"};
}

}  // namespace

TypeChoice PostgresDialect::ChooseType(const CatalogColumn& source, const TypeContext& context) const {
  return context.source_dialect == name() ? FromSame(source) : FromElsewhere(source);
}

}  // namespace migrateiq::postgres
