#include "pipeline/schema/detail/adapt.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {
namespace {

using MaybeNode = std::optional<Node>;

bool IsNumeric(Group group) { return group == Group::kInteger || group == Group::kNumber; }

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

bool LooksLikeDate(std::string_view text) {
  return text.size() >= 8 && text[4] == '-' &&
         std::ranges::all_of(text.substr(0, 4), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsZero(std::string_view number) { return number.find_first_of("123456789") == std::string_view::npos; }

class Adapter {
 public:
  explicit Adapter(const Adaptation& adaptation) : a_(adaptation) {}

  /// A value of the target.
  MaybeNode Value(const Node& node) {
    if (auto literal = FoldLiteral(node)) return Literal(node, std::move(*literal));
    switch (node.kind) {
      case NodeKind::kColumn: return Column(node);
      case NodeKind::kUnary: return Unary(node);
      case NodeKind::kBinary: return Binary(node);
      case NodeKind::kIs: return Is(node);
      case NodeKind::kIn: return In(node);
      case NodeKind::kBetween: return Between(node);
      case NodeKind::kLike: return Like(node);
      case NodeKind::kCase: return Case(node);
      case NodeKind::kCast: return Cast(node);
      case NodeKind::kCall: return Call(node);
      default: return std::nullopt;
    }
  }

  /// A truth value. Where numbers are truth values in the source but not in the target, `n` becomes `n <> 0`.
  MaybeNode Truth(const Node& node) {
    if (!StrictTruth() || a_.from.casts_with_colons) return Value(node);
    if (const auto literal = FoldLiteral(node); literal && literal->kind == NodeKind::kNumber) {
      return Node::Leaf(NodeKind::kBoolean, IsZero(literal->text) ? "false" : "true");
    }
    const Group group = TargetGroup(node, a_);
    auto value = Value(node);
    if (!value || group == Group::kBool) return value;
    if (!IsNumeric(group)) return std::nullopt;
    return Node::Of(NodeKind::kBinary, "<>", {std::move(*value), Node::Leaf(NodeKind::kNumber, "0")});
  }

 private:
  bool StrictTruth() const { return a_.to.casts_with_colons; }
  static bool IsPostgres(const ExpressionRules& rules) { return rules.casts_with_colons; }
  static bool IsMySql(const ExpressionRules& rules) { return !rules.concat_with_pipes; }
  static bool IsSqlite(const ExpressionRules& rules) { return !IsMySql(rules) && !IsPostgres(rules); }

  /// A date literal keeps its type where literals are typed.
  MaybeNode Literal(const Node& source, Node literal) const {
    const bool typed = source.kind == NodeKind::kCast && (source.text == "date" || source.text == "timestamp");
    if (literal.kind == NodeKind::kBits) return std::nullopt;
    if (!typed || !IsPostgres(a_.to) || literal.kind != NodeKind::kString) return literal;
    return Node::Of(NodeKind::kCast, source.text, {std::move(literal)});
  }

  MaybeNode Column(const Node& node) const {
    Node column = node;
    column.quoted = true;
    if (a_.columns != nullptr) {
      const auto* found = FindColumn(node, a_);
      if (found == nullptr) return std::nullopt;
      column.text = found->second.target;
      return column;
    }
    if (a_.rename == nullptr) return column;
    const auto found = a_.rename->find(node.text);
    if (found != a_.rename->end()) column.text = found->second;
    return column;
  }

  MaybeNode Unary(const Node& node) {
    if (node.text == "not") return Rebuild(node, {Truth(node.children[0])});
    const Group group = TargetGroup(node.children[0], a_);
    if (!IsNumeric(group) && group != Group::kUnknown) return std::nullopt;
    return Rebuild(node, {Value(node.children[0])});
  }

  MaybeNode Binary(const Node& node) {
    const std::string& symbol = node.text;
    if (symbol == "and" || symbol == "or") return Rebuild(node, {Truth(node.children[0]), Truth(node.children[1])});
    if (symbol == "xor") return Xor(node);
    if (symbol == "concat") return Concat(node);
    if (symbol == "/" || symbol == "%") return Division(node);
    if (symbol == "+" || symbol == "-" || symbol == "*") return Arithmetic(node);
    return Comparison(node);
  }

  /// Printed as <> where there is no XOR, so both sides must be truth values everywhere.
  MaybeNode Xor(const Node& node) {
    const bool truths =
        TargetGroup(node.children[0], a_) == Group::kBool && TargetGroup(node.children[1], a_) == Group::kBool;
    return truths ? Rebuild(node, {Value(node.children[0]), Value(node.children[1])}) : std::nullopt;
  }

  /// Numbers and dates have other text forms elsewhere: only text and whole numbers are joined.
  MaybeNode Concat(const Node& node) { return Rebuild(node, {Joined(node.children[0]), Joined(node.children[1])}); }

  MaybeNode Joined(const Node& node) {
    const Group group = TargetGroup(node, a_);
    if (group != Group::kText && group != Group::kInteger && group != Group::kUnknown) return std::nullopt;
    auto value = Value(node);
    if (!value || group != Group::kInteger || !IsPostgres(a_.to)) return value;
    return Node::Of(NodeKind::kCast, "text", {std::move(*value)});
  }

  bool ArithmeticOperands(const Node& node) const {
    return std::ranges::all_of(node.children, [this](const Node& child) {
      const Group group = TargetGroup(child, a_);
      if (child.kind == NodeKind::kString) return false;
      return IsNumeric(group) || (group == Group::kUnknown && a_.columns == nullptr);
    });
  }

  MaybeNode Arithmetic(const Node& node) {
    if (!ArithmeticOperands(node)) return std::nullopt;
    return Rebuild(node, {Value(node.children[0]), Value(node.children[1])});
  }

  /// By a number that is not zero (by zero is NULL here, an error there), and not of two whole numbers where one system
  /// cuts the fraction off and the other does not.
  MaybeNode Division(const Node& node) {
    const auto divisor = FoldLiteral(node.children[1]);
    if (!divisor || divisor->kind != NodeKind::kNumber || IsZero(divisor->text)) return std::nullopt;
    if (!ArithmeticOperands(node)) return std::nullopt;
    const bool same_cut = IsMySql(a_.from) == IsMySql(a_.to);
    const bool whole_divisor = divisor->text.find_first_of(".eE") == std::string::npos;
    const Group left = TargetGroup(node.children[0], a_);
    const bool fraction = !whole_divisor || left == Group::kNumber;
    if (node.text == "/" && !same_cut && !fraction) return std::nullopt;
    if (node.text == "%" && !(whole_divisor && left == Group::kInteger)) return std::nullopt;
    return Rebuild(node, {Value(node.children[0]), Value(node.children[1])});
  }

  MaybeNode Comparison(const Node& node) {
    const Node& left = node.children[0];
    const Node& right = node.children[1];
    if (!OrderIsSame(node.text != "=" && node.text != "<>" && node.text != "same", left, right)) return std::nullopt;
    return Rebuild(node, {Compared(left, right), Compared(right, left)});
  }

  /// Text is ordered by collation: only dates written as text may be compared by < and >.
  bool OrderIsSame(bool ordered, const Node& left, const Node& right) const {
    if (!ordered) return true;
    const auto text = [this](const Node& node) {
      const auto literal = FoldLiteral(node);
      const bool date = literal && literal->kind == NodeKind::kString && LooksLikeDate(literal->text);
      return TargetGroup(node, a_) == Group::kText && !date;
    };
    return !text(left) && !text(right);
  }

  /// `node` as an operand beside `other`: both must be comparable in the target.
  MaybeNode Compared(const Node& node, const Node& other) {
    if (const auto literal = FoldLiteral(node)) return ComparedLiteral(node, *literal, other);
    if (!Comparable(node, other)) return std::nullopt;
    if (IsTextCastOfText(node)) return Value(node.children[0]);
    return Value(node);
  }

  bool Comparable(const Node& node, const Node& other) const {
    const Group mine = TargetGroup(node, a_);
    if (mine == Group::kOther || !SameGroupBefore(node)) return false;
    if (FoldLiteral(other)) return true;  // judged with the literal
    const Group its = TargetGroup(other, a_);
    if (mine == Group::kUnknown || its == Group::kUnknown) return a_.columns == nullptr;
    return mine == its || (IsNumeric(mine) && IsNumeric(its));
  }

  /// A column that changes its nature on the way (text to date ...) compares by other rules; number to truth is
  /// handled.
  bool SameGroupBefore(const Node& node) const {
    if (node.kind != NodeKind::kColumn) return true;
    const auto* found = FindColumn(node, a_);
    if (found == nullptr) return a_.columns == nullptr;
    const Group from = found->second.from;
    const Group to = found->second.to;
    const bool truth = (IsNumeric(from) && to == Group::kBool) || (from == Group::kBool && IsNumeric(to));
    return from == to || truth || (IsNumeric(from) && IsNumeric(to));
  }

  MaybeNode ComparedLiteral(const Node& source, const Node& literal, const Node& other) const {
    const Group beside = TargetGroup(other, a_);
    if (literal.kind == NodeKind::kNumber) return NumberBeside(literal, other, beside);
    if (literal.kind == NodeKind::kBoolean) return BooleanBeside(literal, beside);
    if (literal.kind == NodeKind::kString) return StringBeside(source, literal, other);
    return Literal(source, literal);
  }

  MaybeNode NumberBeside(const Node& literal, const Node& other, Group beside) const {
    const auto* column = other.kind == NodeKind::kColumn ? FindColumn(other, a_) : nullptr;
    if (column != nullptr && column->second.enumerated) return std::nullopt;
    if (beside == Group::kBool && StrictTruth()) {
      if (literal.text != "0" && literal.text != "1") return std::nullopt;
      return Node::Leaf(NodeKind::kBoolean, literal.text == "1" ? "true" : "false");
    }
    const bool fits = IsNumeric(beside) || beside == Group::kBool || (beside == Group::kUnknown && !a_.columns);
    return fits ? MaybeNode(literal) : std::nullopt;
  }

  MaybeNode BooleanBeside(const Node& literal, Group beside) const {
    if (IsNumeric(beside) && StrictTruth()) return Node::Leaf(NodeKind::kNumber, literal.text == "true" ? "1" : "0");
    return beside == Group::kText || beside == Group::kTemporal ? std::nullopt : MaybeNode(literal);
  }

  MaybeNode StringBeside(const Node& source, const Node& literal, const Node& other) const {
    const Group beside = TargetGroup(other, a_);
    const Node as_number = Node::Of(NodeKind::kCast, "decimal", {literal});
    if (IsNumeric(beside)) return FoldLiteral(as_number);
    if (beside == Group::kBool || beside == Group::kOther) return std::nullopt;
    if (beside == Group::kTemporal && !MeansSameMoment(literal, other)) return std::nullopt;
    return Literal(source, literal);
  }

  bool IsZoned(const Node& node) const {
    const auto* column = node.kind == NodeKind::kColumn ? FindColumn(node, a_) : nullptr;
    return column != nullptr && column->second.zoned;
  }

  /// SQLite compares moments as text: only plain dates have one text form everywhere.
  bool MeansSameMoment(const Node& literal, const Node& other) const {
    if (!LooksLikeDate(literal.text) || IsZoned(other)) return false;
    if (!IsSqlite(a_.from) && !IsSqlite(a_.to)) return true;
    const auto* column = other.kind == NodeKind::kColumn ? FindColumn(other, a_) : nullptr;
    return literal.text.size() == 10 && column != nullptr && column->second.date;
  }

  /// `(status)::text = 'x'`, as PostgreSQL prints comparisons of varchar columns.
  bool IsTextCastOfText(const Node& node) const {
    if (!node.Is(NodeKind::kCast, "text") || !node.type_arguments.empty()) return false;
    return TargetGroup(node.children[0], a_) == Group::kText;
  }

  MaybeNode Is(const Node& node) {
    if (node.text == "null") return Rebuild(node, {Value(node.children[0])});
    return Rebuild(node, {Truth(node.children[0])});
  }

  MaybeNode In(const Node& node) {
    std::vector<MaybeNode> parts;
    parts.push_back(Compared(node.children[0], node.children[1]));
    for (size_t i = 1; i < node.children.size(); ++i) parts.push_back(Compared(node.children[i], node.children[0]));
    return Rebuild(node, std::move(parts));
  }

  MaybeNode Between(const Node& node) {
    const auto& [value, low, high] = std::tie(node.children[0], node.children[1], node.children[2]);
    if (!OrderIsSame(true, value, low) || !OrderIsSame(true, value, high)) return std::nullopt;
    return Rebuild(node, {Compared(value, low), Compared(low, value), Compared(high, value)});
  }

  /// Case counts here, does not there: only patterns without letters mean the same. Escapes are not carried over.
  MaybeNode Like(const Node& node) {
    const auto pattern = FoldLiteral(node.children[1]);
    if (!pattern || pattern->kind != NodeKind::kString) return std::nullopt;
    const bool letters = std::ranges::any_of(pattern->text, IsLetter);
    if (letters || pattern->text.find('\\') != std::string::npos) return std::nullopt;
    const Node& value = node.children[0];
    const Group group = TargetGroup(value, a_);
    if (group != Group::kText && !(group == Group::kUnknown && a_.columns == nullptr)) return std::nullopt;
    Node like = node;
    like.text = "like";
    return Rebuild(like, {Value(IsTextCastOfText(value) ? value.children[0] : value), *pattern});
  }

  MaybeNode Case(const Node& node) {
    const bool simple = node.text == "simple";
    const size_t arms_end = node.children.size() - (node.has_else ? 1 : 0);
    const Node& first_result = node.children[simple ? 2 : 1];
    std::vector<MaybeNode> parts;
    if (simple) parts.push_back(Compared(node.children[0], node.children[1]));
    for (size_t i = simple ? 1 : 0; i < arms_end; i += 2) {
      parts.push_back(simple ? Compared(node.children[i], node.children[0]) : Truth(node.children[i]));
      parts.push_back(Arm(node.children[i + 1], first_result));
    }
    if (node.has_else) parts.push_back(Arm(node.children.back(), first_result));
    return Rebuild(node, std::move(parts));
  }

  /// All results of a CASE must be of one group.
  MaybeNode Arm(const Node& node, const Node& first) {
    const Group mine = TargetGroup(node, a_);
    const Group its = TargetGroup(first, a_);
    const bool either_null = FoldsToNull(node) || FoldsToNull(first);
    const bool agree = mine == its || (IsNumeric(mine) && IsNumeric(its));
    return either_null || agree ? Value(node) : std::nullopt;
  }

  static bool FoldsToNull(const Node& node) {
    const auto literal = FoldLiteral(node);
    return literal && literal->kind == NodeKind::kNull;
  }

  MaybeNode Cast(const Node& node) {
    const Node& value = node.children[0];
    const Group group = TargetGroup(value, a_);
    const bool sized = !node.type_arguments.empty();
    if (node.text == "text" && !sized) return TextCast(node, group);
    if (node.text == "decimal" && IsNumeric(group)) return DecimalCast(node);
    const bool whole = node.text == "integer" || node.text == "bigint";
    if (whole && !sized && group == Group::kInteger) return Value(value);
    return std::nullopt;
  }

  MaybeNode TextCast(const Node& node, Group group) {
    if (group == Group::kText && a_.columns != nullptr) return Value(node.children[0]);
    if (group != Group::kInteger && group != Group::kText && !(group == Group::kUnknown && !a_.columns)) {
      return std::nullopt;
    }
    return Rebuild(node, {Value(node.children[0])});
  }

  /// PostgreSQL's numeric without digits changes nothing; MySQL's decimal without digits is decimal(10).
  MaybeNode DecimalCast(const Node& node) {
    if (node.type_arguments.empty()) return IsPostgres(a_.from) ? Value(node.children[0]) : std::nullopt;
    if (IsSqlite(a_.from) || IsSqlite(a_.to)) return std::nullopt;
    return Rebuild(node, {Value(node.children[0])});
  }

  MaybeNode Call(const Node& node) {
    if (!CallIsSafe(node)) return std::nullopt;
    std::vector<MaybeNode> parts;
    for (const Node& child : node.children) parts.push_back(Value(child));
    return Rebuild(node, std::move(parts));
  }

  bool CallIsSafe(const Node& node) const {
    const std::string& name = node.text;
    const size_t count = node.children.size();
    if (name.starts_with('?')) return false;
    // NULL among the arguments: ignored by PostgreSQL, decisive elsewhere.
    if (name == "greatest" || name == "least") return IsPostgres(a_.from) == IsPostgres(a_.to);
    if (name == "substr") return count >= 2 && PositiveAt(node, 1) && (count < 3 || NumberAt(node, 2));
    if (name == "mod") return count == 2 && PositiveAt(node, 1) && TargetGroup(node.children[0], a_) == Group::kInteger;
    if (name == "coalesce" || name == "nullif") return SameGroups(node);
    if (IsTextFunction(name)) return count == 1 && Takes(node.children[0], Group::kText);
    if (IsDatePart(name)) return count == 1 && Takes(node.children[0], Group::kTemporal) && !IsZoned(node.children[0]);
    // Fractions of a second and halves are treated differently.
    if (name == "second") return IsPostgres(a_.from) == IsPostgres(a_.to);
    if (name == "round") return !IsSqlite(a_.from) && !IsSqlite(a_.to) && !Floats(node);
    return name != "random";
  }

  static bool IsTextFunction(std::string_view name) {
    return name == "lower" || name == "upper" || name == "trim" || name == "ltrim" || name == "rtrim" ||
           name == "length" || name == "char_length";
  }

  static bool IsDatePart(std::string_view name) {
    return name == "year" || name == "month" || name == "day" || name == "hour" || name == "minute" || name == "date";
  }

  /// Where nothing is known of the columns, a column passes.
  bool Takes(const Node& argument, Group wanted) const {
    const Group group = TargetGroup(argument, a_);
    return group == wanted || (group == Group::kUnknown && a_.columns == nullptr);
  }

  bool Floats(const Node& node) const {
    const auto* column = node.kind == NodeKind::kColumn ? FindColumn(node, a_) : nullptr;
    if (column != nullptr && column->second.floating) return true;
    return std::ranges::any_of(node.children, [this](const Node& child) { return Floats(child); });
  }

  bool NumberAt(const Node& node, size_t index) const {
    const auto literal = FoldLiteral(node.children[index]);
    return literal && literal->kind == NodeKind::kNumber && !literal->text.starts_with('-');
  }

  bool PositiveAt(const Node& node, size_t index) const {
    return NumberAt(node, index) && !IsZero(FoldLiteral(node.children[index])->text);
  }

  bool SameGroups(const Node& node) const {
    Group seen = Group::kUnknown;
    for (const Node& child : node.children) {
      const Group group = TargetGroup(child, a_);
      if (seen != Group::kUnknown && group != Group::kUnknown && group != seen &&
          !(IsNumeric(seen) && IsNumeric(group))) {
        return false;
      }
      if (group != Group::kUnknown) seen = group;
    }
    return true;
  }

  static MaybeNode Rebuild(const Node& node, std::vector<MaybeNode> parts) {
    Node rebuilt = node;
    rebuilt.children.clear();
    for (MaybeNode& part : parts) {
      if (!part) return std::nullopt;
      rebuilt.children.push_back(std::move(*part));
    }
    return rebuilt;
  }

  const Adaptation& a_;
};

}  // namespace

std::optional<Node> AdaptExpression(const Node& node, const Adaptation& adaptation, bool predicate) {
  Adapter adapter(adaptation);
  return predicate ? adapter.Truth(node) : adapter.Value(node);
}

}  // namespace migrateiq::detail
