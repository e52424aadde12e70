#include "connectors/mysql/mysql_catalog.hpp"
#include "connectors/mysql/mysql_dialect.hpp"

/// The columns of a query, from the result's description in the protocol.
namespace migrateiq::mysql {

namespace {

constexpr unsigned kBinaryCharset = 63;
constexpr unsigned kBytesPerCharacter = 4;  ///< of utf8mb4, the connection's character set

std::string Sized(const char* name, unsigned long size) { return std::string(name) + "(" + std::to_string(size) + ")"; }

std::string Signed(const char* name, const MYSQL_FIELD& field) {
  return (field.flags & UNSIGNED_FLAG) != 0 ? std::string(name) + " unsigned" : name;
}

std::string Timed(const char* name, const MYSQL_FIELD& field) {
  return field.decimals > 0 && field.decimals <= 6 ? Sized(name, field.decimals) : name;
}

std::string DecimalOf(const MYSQL_FIELD& field) {
  const unsigned long marks = (field.decimals > 0 ? 1U : 0U) + ((field.flags & UNSIGNED_FLAG) == 0 ? 1U : 0U);
  return "decimal(" + std::to_string(field.length > marks ? field.length - marks : 1) + "," +
         std::to_string(field.decimals) + ")";
}

std::string TextOf(const MYSQL_FIELD& field) {
  const bool binary = field.charsetnr == kBinaryCharset;
  if ((field.flags & (ENUM_FLAG | SET_FLAG)) != 0) return "longtext";
  if (field.type == MYSQL_TYPE_STRING) {
    return binary ? Sized("binary", field.length) : Sized("char", field.length / kBytesPerCharacter);
  }
  if (field.length > 65535) return binary ? "longblob" : "longtext";
  return binary ? Sized("varbinary", field.length) : Sized("varchar", field.length / kBytesPerCharacter);
}

std::string NativeOf(const MYSQL_FIELD& field) {
  switch (field.type) {
    case MYSQL_TYPE_TINY: return Signed("tinyint", field);
    case MYSQL_TYPE_SHORT: return Signed("smallint", field);
    case MYSQL_TYPE_INT24: return Signed("mediumint", field);
    case MYSQL_TYPE_LONG: return Signed("int", field);
    case MYSQL_TYPE_LONGLONG: return Signed("bigint", field);
    case MYSQL_TYPE_FLOAT: return "float";
    case MYSQL_TYPE_DOUBLE: return "double";
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: return DecimalOf(field);
    case MYSQL_TYPE_YEAR: return "year";
    case MYSQL_TYPE_BIT: return Sized("bit", field.length);
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE: return "date";
    case MYSQL_TYPE_TIME:
    case MYSQL_TYPE_TIME2: return Timed("time", field);
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_DATETIME2: return Timed("datetime", field);
    case MYSQL_TYPE_TIMESTAMP:
    case MYSQL_TYPE_TIMESTAMP2: return Timed("timestamp", field);
    case MYSQL_TYPE_JSON: return "json";
    case MYSQL_TYPE_GEOMETRY: return "geometry";
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB: return field.charsetnr == kBinaryCharset ? "longblob" : "longtext";
    default: return TextOf(field);
  }
}

CatalogColumn ColumnOf(const MYSQL_FIELD& field) {
  CatalogColumn column;
  column.name = std::string(field.name, field.name_length);
  column.native = NativeOf(field);
  column.type = MysqlDialect::Instance().ParseType(column.native).value_or(LogicalType::String());
  column.nullable = (field.flags & NOT_NULL_FLAG) == 0;
  return column;
}

}  // namespace

Result<Table> DescribeResult(Session& session, const std::string& sql) {
  MIQ_ASSIGN(MYSQL_RES * result, session.BeginStream("SELECT * FROM (" + sql + "\n) AS miq_query LIMIT 0"));
  Table table;
  table.name.name = "query";
  const MYSQL_FIELD* fields = mysql_fetch_fields(result);
  for (unsigned i = 0; i < mysql_num_fields(result); ++i) table.columns.push_back(ColumnOf(fields[i]));
  unsigned long* lengths = nullptr;
  const auto end = session.FetchRow(result, lengths);
  session.FinishStream(result, true);
  if (!end) return Fail(end.error());
  return table;
}

}  // namespace migrateiq::mysql
