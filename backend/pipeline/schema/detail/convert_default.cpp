#include <algorithm>

#include "pipeline/schema/detail/conversion.hpp"
#include "pipeline/schema/detail/parser.hpp"
#include "pipeline/schema/detail/printer.hpp"

namespace migrateiq::detail {
namespace {

using Text = std::optional<std::string>;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AllDigits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, IsDigit); }

bool IsPlainNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const size_t point = text.find('.');
  if (point == std::string_view::npos) return AllDigits(text);
  return AllDigits(text.substr(0, point)) && AllDigits(text.substr(point + 1));
}

/// 1.00 for an integer column is 1.
Text AsInteger(std::string_view text) {
  if (!IsPlainNumber(text)) return std::nullopt;
  const size_t point = text.find('.');
  const bool whole =
      point == std::string_view::npos || text.find_first_not_of('0', point + 1) == std::string_view::npos;
  return whole ? Text(std::string(text.substr(0, point))) : std::nullopt;
}

Text BitsAsInteger(const std::string& digits) {
  if (digits.empty() || digits.size() > 63) return std::nullopt;
  return std::to_string(std::stoull(digits, nullptr, 2));
}

Text AsNumber(const Node& literal, bool integer) {
  if (literal.kind == NodeKind::kBytes) return std::nullopt;
  if (literal.kind == NodeKind::kBoolean) return literal.text == "true" ? "1" : "0";
  if (literal.kind == NodeKind::kBits) return BitsAsInteger(literal.text);
  if (integer) return AsInteger(literal.text);
  const bool exponent = literal.kind == NodeKind::kNumber && !literal.text.empty();
  return exponent || IsPlainNumber(literal.text) ? Text(literal.text) : std::nullopt;
}

std::optional<bool> AsTruth(const Node& literal) {
  const std::string word = Lower(literal.text);
  if (word == "1" || word == "t" || word == "true" || word == "y" || word == "yes") return true;
  if (word == "0" || word == "f" || word == "false" || word == "n" || word == "no") return false;
  return std::nullopt;
}

/// "2020-02-01 ...": months and days that exist at least in some year.
bool IsPossibleDate(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false;
  const std::string_view year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8, 2);
  if (!AllDigits(year) || !AllDigits(month) || !AllDigits(day)) return false;
  return year != "0000" && month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

std::string Hex(std::string_view bytes) {
  std::string digits;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    digits += "0123456789abcdef"[byte >> 4];
    digits += "0123456789abcdef"[byte & 15];
  }
  return digits;
}

size_t Characters(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// A literal as a default of the target column; nullopt when the column cannot hold it.
class LiteralDefault {
 public:
  LiteralDefault(const Conversion& all, const CatalogColumn& target) : all_(all), target_(target) {}

  Text Convert(const Node& literal) const {
    const TypeKind kind = target_.type.kind;
    switch (GroupOf(kind)) {
      case Group::kBool: return Truth(literal);
      case Group::kInteger: return AsNumber(literal, true);
      case Group::kNumber: return AsNumber(literal, false);
      case Group::kTemporal: return Temporal(literal);
      case Group::kText: return Words(literal);
      default: break;
    }
    if (kind == TypeKind::kBytes) return Bytes(literal);
    if (kind == TypeKind::kBit) return Bits(literal);
    if (literal.kind != NodeKind::kString || kind == TypeKind::kGeometry) return std::nullopt;
    return Quoted(literal.text);
  }

 private:
  const ExpressionRules& rules() const { return all_.to.expressions(); }

  /// MySQL takes literals for its large types only as expressions.
  std::string Quoted(std::string_view value) const { return Enclosed(all_.to.QuoteLiteral(value)); }

  std::string Enclosed(std::string literal) const {
    const std::string native = Lower(target_.native);
    const bool large = native.find("text") != std::string::npos || native.find("blob") != std::string::npos ||
                       native.find("json") != std::string::npos;
    return large && all_.ToMySql() && rules().expression_default_needs_parens ? "(" + literal + ")" : literal;
  }

  Text Truth(const Node& literal) const {
    const auto truth = AsTruth(literal);
    if (!truth) return std::nullopt;
    return PrintExpression(Node::Leaf(NodeKind::kBoolean, *truth ? "true" : "false"), rules());
  }

  Text Temporal(const Node& literal) const {
    if (literal.kind != NodeKind::kString) return std::nullopt;
    const bool time = target_.type.kind == TypeKind::kTime;
    const bool fits = time ? literal.text.find(':') != std::string::npos : IsPossibleDate(literal.text);
    return fits ? Text(all_.to.QuoteLiteral(literal.text)) : std::nullopt;
  }

  Text Words(const Node& literal) const {
    if (literal.kind == NodeKind::kBytes) return std::nullopt;
    const LogicalType& type = target_.type;
    const bool too_long = type.length > 0 && Characters(literal.text) > static_cast<size_t>(type.length);
    const bool enumerated = type.kind == TypeKind::kEnum && !type.set;
    const bool unknown =
        enumerated && !type.labels.empty() && std::ranges::find(type.labels, literal.text) == type.labels.end();
    return too_long || unknown ? std::nullopt : Text(Quoted(literal.text));
  }

  Text Bytes(const Node& literal) const {
    if (literal.kind == NodeKind::kBytes) return Printed(literal);
    if (literal.kind != NodeKind::kString) return std::nullopt;
    return Printed(Node::Leaf(NodeKind::kBytes, Hex(literal.text)));
  }

  Text Printed(const Node& node) const {
    auto text = PrintExpression(node, rules());
    return text ? Text(Enclosed(std::move(*text))) : std::nullopt;
  }

  /// As wide as the column: MySQL's b'1' means the lowest bit. Where there is no literal of bits, they are text.
  Text Bits(const Node& literal) const {
    if (literal.kind != NodeKind::kBits) return std::nullopt;
    std::string digits = literal.text;
    const auto width = static_cast<size_t>(std::max(0, target_.type.length));
    if (all_.FromMySql() && digits.size() < width) digits.insert(0, width - digits.size(), '0');
    if (!all_.ToPostgres() && !all_.ToMySql()) return Quoted(digits);
    return PrintExpression(Node::Leaf(NodeKind::kBits, digits), rules());
  }

  const Conversion& all_;
  const CatalogColumn& target_;
};

bool IsMoment(TypeKind kind) { return kind == TypeKind::kTimestamp || kind == TypeKind::kTimestampTz; }

/// CURRENT_TIMESTAMP as precise as the column (MySQL insists on it).
Text ClockDefault(const Conversion& all, const CatalogColumn& target, Node call) {
  const ExpressionRules& rules = all.to.expressions();
  const TypeKind kind = target.type.kind;
  call.children.clear();
  const bool precise = call.text != "current_date" && target.type.precision > 0 && kind != TypeKind::kDate;
  if (precise) call.children.push_back(Node::Leaf(NodeKind::kNumber, std::to_string(target.type.precision)));
  auto text = PrintExpression(call, rules);
  const bool bare = all.ToMySql() ? call.text == "now" && IsMoment(kind) : text && text->starts_with("CURRENT_");
  if (!text || bare || !rules.expression_default_needs_parens) return text;
  return "(" + *text + ")";
}

bool IsClock(const Node& node) {
  return node.kind == NodeKind::kCall &&
         (node.text == "now" || node.text == "current_date" || node.text == "current_time");
}

Text ExpressionDefault(const TableConversion& table, const CatalogColumn& source, const CatalogColumn& target) {
  const Translated translated = TranslateFor(table, *source.default_sql, false, false);
  const Group wanted = GroupOf(target.type.kind);
  const bool numbers = (translated.group == Group::kInteger || translated.group == Group::kNumber) &&
                       (wanted == Group::kInteger || wanted == Group::kNumber);
  if (!translated.text || (translated.group != Group::kUnknown && translated.group != wanted && !numbers)) {
    return std::nullopt;
  }
  const bool parens = table.all.to.expressions().expression_default_needs_parens;
  return parens ? "(" + *translated.text + ")" : *translated.text;
}

Text LostDefault(TableConversion& table, const CatalogColumn& source, std::string why) {
  table.Report("default", table.ColumnTitle(source.name), "manual", std::move(why), *source.default_sql);
  return std::nullopt;
}

Text AcrossDialects(TableConversion& table, const CatalogColumn& source, const CatalogColumn& target) {
  const auto parsed = ParseExpression(*source.default_sql, table.all.from.expressions());
  const auto literal = parsed ? FoldLiteral(*parsed) : std::nullopt;
  if (literal && literal->kind == NodeKind::kNull) return std::nullopt;
  if (table.all.ToFiles()) return LostDefault(table, source, "files have no defaults");
  if (!parsed) return LostDefault(table, source, "the default has no safe equal in the target");
  if (literal) {
    auto text = LiteralDefault(table.all, target).Convert(*literal);
    if (text) return text;
    return LostDefault(table, source, "the target type " + target.native + " cannot hold this default");
  }
  const bool clock = IsClock(*parsed);
  if (clock && GroupOf(target.type.kind) == Group::kTemporal) return ClockDefault(table.all, target, *parsed);
  auto text = clock ? std::nullopt : ExpressionDefault(table, source, target);
  if (text) return text;
  return LostDefault(table, source, "the default has no safe equal in the target");
}

}  // namespace

std::optional<std::string> ConvertDefault(TableConversion& table, const CatalogColumn& source,
                                          const CatalogColumn& target) {
  if (!source.default_sql || source.IsGenerated() || source.identity != Identity::kNone) return std::nullopt;
  // A type may only have got more precise words (its collation spelled out).
  const bool unchanged = table.all.SameDialect() && target.native.starts_with(source.native);
  if (unchanged) return source.default_sql;
  return AcrossDialects(table, source, target);
}

}  // namespace migrateiq::detail
