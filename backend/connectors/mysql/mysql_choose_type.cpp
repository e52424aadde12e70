#include <algorithm>

#include "connectors/mysql/mysql_dialect.hpp"
#include "connectors/mysql/mysql_session.hpp"

/// Which type a column of another system gets. The rule: no value is lost; where MySQL has no exact type, text.
namespace migrateiq::mysql {

namespace {

constexpr int kMostKeyCharacters = kMostKeyBytes / 4;
constexpr int kMostVarcharHere = 1000;  ///< longer declared lengths become TEXT types, stored outside the row
constexpr int64_t kRowBudget = 60000;   ///< of the 65,535 bytes that all VARCHARs of a row may declare

/// A column's type is parsed back from its text, so that both always agree.
TypeChoice Choice(std::string native, std::string note = "") {
  TypeChoice choice{.native = std::move(native), .note = std::move(note)};
  if (auto type = MysqlDialect::Instance().ParseType(choice.native)) choice.type = *std::move(type);
  return choice;
}

std::string Sized(std::string_view name, int64_t size) { return std::string(name) + "(" + std::to_string(size) + ")"; }

int KeyCharacters(const TypeContext& context) { return kMostKeyCharacters / std::max(1, context.key_parts); }

/// Foreign key columns cannot be TEXT, as those are indexed by prefix only.
bool InForeignKey(const CatalogColumn& column, const TypeContext& context) {
  if (context.table == nullptr) return false;
  return std::ranges::any_of(context.table->foreign_keys, [&](const ForeignKey& key) {
    return std::ranges::find(key.columns, column.name) != key.columns.end();
  });
}

bool NeedsWholeKey(const CatalogColumn& column, const TypeContext& context) {
  return context.in_unique || (context.in_key && InForeignKey(column, context));
}

/// "" when the table's own default (binary, no padding) is right.
std::string CollationFor(const CatalogColumn& column) {
  if (!column.case_insensitive) return "";
  if (!column.accent_insensitive) return " CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_as_ci";
  return column.pad_space ? " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci"
                          : " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_nopad_ci";
}

/// The VARCHARs of the source table, were they all kept, fit into one row.
bool RowHasRoom(const TypeContext& context) {
  if (context.table == nullptr) return true;
  int64_t bytes = 0;
  for (const CatalogColumn& column : context.table->columns) {
    const bool text = column.type.kind == TypeKind::kString && column.type.length <= kMostVarcharHere;
    bytes += text ? int64_t{column.type.length} * 4 : 16;
  }
  return bytes <= kRowBudget;
}

std::string TextFor(int32_t characters) {
  if (characters > 0 && characters <= 16383) return "text";
  if (characters > 0 && characters <= 4194303) return "mediumtext";
  return "longtext";
}

/// Text of any length that is part of a key as a whole.
TypeChoice KeyText(int32_t declared, const CatalogColumn& column, const TypeContext& context) {
  const int most = KeyCharacters(context);
  if (declared > 0 && declared <= most) return Choice(Sized("varchar", declared) + CollationFor(column));
  std::string note =
      "in a key MySQL takes at most " + std::to_string(most) + " characters of it; longer values are refused";
  return Choice(Sized("varchar", most) + CollationFor(column), std::move(note));
}

TypeChoice StringType(const CatalogColumn& column, const TypeContext& context) {
  const int32_t length = column.type.length;
  if (NeedsWholeKey(column, context)) return KeyText(length, column, context);
  if (length > 0 && length <= kMostVarcharHere && RowHasRoom(context)) {
    return Choice(Sized("varchar", length) + CollationFor(column));
  }
  std::string note = length > 0 ? "the declared length of " + std::to_string(length) + " is not enforced" : "";
  return Choice(TextFor(length) + CollationFor(column), std::move(note));
}

/// Values that are carried as their text.
TypeChoice AsText(const CatalogColumn& column, const TypeContext& context, std::string note) {
  TypeChoice choice = NeedsWholeKey(column, context) ? KeyText(0, column, context) : Choice("longtext");
  choice.note = choice.note.empty() ? std::move(note) : std::move(note) + "; " + choice.note;
  return choice;
}

TypeChoice CharType(const CatalogColumn& column, const TypeContext& context) {
  const int32_t length = column.type.length;
  if (length > 0 && length <= 255 && (!context.in_key || length <= KeyCharacters(context))) {
    return Choice(Sized("char", length) + CollationFor(column));
  }
  return StringType(column, context);
}

TypeChoice BytesType(const CatalogColumn& column, const TypeContext& context) {
  const int32_t length = column.type.length;
  const int most = kMostKeyBytes / std::max(1, context.key_parts);
  if (context.in_unique && (length == 0 || length > most)) {
    return Choice(Sized("varbinary", most), "in a key MySQL takes at most " + std::to_string(most) + " bytes of it");
  }
  return length > 0 && length <= kMostVarcharHere ? Choice(Sized("varbinary", length)) : Choice("longblob");
}

TypeChoice DecimalType(const CatalogColumn& column, const TypeContext& context) {
  const int32_t scale = column.type.scale;
  const int32_t precision = std::max(column.type.precision, scale);
  if (column.type.precision > 0 && precision <= 65 && scale >= 0 && scale <= 30) {
    return Choice("decimal(" + std::to_string(precision) + "," + std::to_string(scale) + ")");
  }
  if (NeedsWholeKey(column, context)) {
    return Choice("decimal(65,30)",
                  "in a key as MySQL's widest decimal, so that 1.10 equals 1.1; a number with more than "
                  "35 digits before the point or 30 behind it is refused");
  }
  return AsText(column, context, "numbers without limit of digits are kept as text; MySQL's decimal has at most 65");
}

/// Labels that MySQL would change or mix up cannot be an ENUM or SET.
bool LabelsFit(const LogicalType& type) {
  if (type.labels.empty() || type.labels.size() > (type.set ? 64U : 65535U)) return false;
  return std::ranges::none_of(type.labels, [&](const std::string& label) {
    return label.empty() || label.size() > 255 || label.ends_with(' ') || (type.set && label.contains(','));
  });
}

TypeChoice EnumType(const CatalogColumn& column, const TypeContext& context) {
  if (!LabelsFit(column.type)) return AsText(column, context, "its labels cannot be those of a MySQL enum");
  std::string native = column.type.set ? "set(" : "enum(";
  for (const std::string& label : column.type.labels) {
    if (native.back() != '(') native += ',';
    native += QuoteText(label);
  }
  return Choice(native + ")");
}

TypeChoice BitType(const CatalogColumn& column, const TypeContext& context) {
  const int32_t bits = column.type.length;
  const bool varying = column.native.contains("var");
  if (!varying && bits > 0 && bits <= 64) return Choice(Sized("bit", bits));
  return AsText(column, context, "bit strings of varying length or over 64 bits are kept as text of 0 and 1");
}

TypeChoice JsonType(const CatalogColumn& column, const TypeContext& context) {
  if (NeedsWholeKey(column, context)) return AsText(column, context, "json in a key is kept as text");
  TypeChoice choice = Choice("json");
  choice.type.parsed = column.type.parsed;
  return choice;
}

int32_t Fraction(const LogicalType& type) { return std::clamp(type.precision, 0, 6); }

std::string Timed(std::string_view name, const LogicalType& type) {
  return Fraction(type) == 0 ? std::string(name) : Sized(name, Fraction(type));
}

TypeChoice Convert(const CatalogColumn& column, const TypeContext& context) {
  const LogicalType& type = column.type;
  switch (type.kind) {
    case TypeKind::kBool: return Choice("tinyint(1)");
    case TypeKind::kInt8: return Choice("tinyint");
    case TypeKind::kInt16: return Choice("smallint");
    case TypeKind::kInt32: return Choice("int");
    case TypeKind::kInt64: return Choice("bigint");
    case TypeKind::kUInt64: return Choice("bigint unsigned");
    case TypeKind::kFloat: return Choice("float");
    case TypeKind::kDouble: return Choice("double");
    case TypeKind::kDecimal: return DecimalType(column, context);
    case TypeKind::kString: return StringType(column, context);
    case TypeKind::kChar: return CharType(column, context);
    case TypeKind::kBytes: return BytesType(column, context);
    case TypeKind::kDate: return Choice("date");
    case TypeKind::kTime: return Choice(Timed("time", type));
    case TypeKind::kTimestamp: return Choice(Timed("datetime", type));
    case TypeKind::kTimestampTz:
      return Choice(Timed("datetime", type), "kept as UTC wall time: MySQL's timestamp ends in 2038");
    case TypeKind::kInterval: return Choice("varchar(64)", "intervals are kept as text");
    case TypeKind::kUuid: return Choice("char(36) CHARACTER SET ascii COLLATE ascii_bin");
    case TypeKind::kJson: return JsonType(column, context);
    case TypeKind::kEnum: return EnumType(column, context);
    case TypeKind::kArray: return AsText(column, context, "arrays are kept as text");
    case TypeKind::kBit: return BitType(column, context);
    case TypeKind::kGeometry: return Choice("geometry");
    case TypeKind::kAny: break;
  }
  return AsText(column, context, "kept as text");
}

/// The same type, with the source's own character set and collation spelled out.
TypeChoice Keep(const CatalogColumn& column) {
  TypeChoice choice{.native = column.native, .type = column.type};
  const bool has_collation = !column.charset.empty() && column.native != "json" && !column.native.contains(" COLLATE ");
  if (has_collation) choice.native += " CHARACTER SET " + column.charset + " COLLATE " + column.collation;
  return choice;
}

}  // namespace

TypeChoice MysqlDialect::ChooseType(const CatalogColumn& source, const TypeContext& context) const {
  return context.source_dialect == kDialectName ? Keep(source) : Convert(source, context);
}

}  // namespace migrateiq::mysql
