#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "base/errors/plan.hpp"
#include "pipeline/plan/detail/plan_fields.hpp"
#include "pipeline/suite/detail/suite_keys.hpp"
#include "pipeline/suite/detail/suite_names.hpp"
#include "pipeline/suite/suite_file.hpp"

namespace migrateiq {

namespace {

using detail::PlanContext;
using detail::PlanFields;
using detail::PlanValue;
using Keys = std::vector<std::string_view>;

constexpr int kMostBins = 50;

Keys AllKeys() {
  Keys keys = detail::CommonKeys();
  for (const auto& kind : detail::kCheckKinds) {
    for (const std::string_view key : detail::OwnKeys(kind.value)) {
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
  }
  return keys;
}

std::optional<double> NumberOf(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::string_view WithoutBlanks(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// "5" rows, or "0.5%" of them.
void ReadTolerance(PlanFields& fields, Tolerance& tolerance) {
  std::string text;
  fields.Text("tolerance", text);
  if (text.empty()) return;
  std::string_view rest = text;
  tolerance.share = rest.ends_with('%');
  if (tolerance.share) rest = WithoutBlanks(rest.substr(0, rest.size() - 1));
  const std::optional<double> number = NumberOf(rest);
  const bool whole = number && std::floor(*number) == *number;
  if (!number || *number < 0 || (tolerance.share ? *number > 100 : !whole))
    return fields.Refuse(codes::kPlanValue, "tolerance",
                         "is '" + text + "'; allowed: a number of rows (5), or a share of them (0.5%)");
  tolerance.amount = tolerance.share ? *number / 100 : *number;
}

/// "36h", "7d", "90m", "30s", "2w".
std::optional<int64_t> SecondsOf(std::string_view text) {
  constexpr std::pair<char, int64_t> kUnits[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
  if (text.empty()) return std::nullopt;
  const auto* unit = std::ranges::find(kUnits, text.back(), &std::pair<char, int64_t>::first);
  const std::optional<double> number = NumberOf(WithoutBlanks(text.substr(0, text.size() - 1)));
  if (unit == std::end(kUnits) || !number || *number <= 0 || *number > 1e6) return std::nullopt;
  const auto seconds = static_cast<int64_t>(*number * static_cast<double>(unit->second));
  return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

void ReadAge(PlanFields& fields, int64_t& seconds) {
  std::string text;
  fields.Require("max_age");
  fields.Text("max_age", text);
  if (text.empty()) return;
  if (const auto read = SecondsOf(text)) return void(seconds = *read);
  fields.Refuse(codes::kPlanValue, "max_age", "is '" + text + "'; allowed: a number with s, m, h, d or w (36h)");
}

void ReadNumber(PlanFields& fields, std::string_view key, std::optional<std::string>& out) {
  fields.Text(key, out);
  if (out && !NumberOf(*out)) fields.Refuse(codes::kPlanValue, key, "is '" + *out + "'; allowed: a number");
}

/// A share between 0 and 1, also written in per cent.
void ReadShare(PlanFields& fields, std::string_view key, std::optional<std::string>& out) {
  fields.Text(key, out);
  if (!out) return fields.Require(key);
  const bool percent = out->ends_with('%');
  const auto number = NumberOf(WithoutBlanks(std::string_view(*out).substr(0, out->size() - (percent ? 1 : 0))));
  const double share = number.value_or(-1) / (percent ? 100 : 1);
  if (share < 0 || share > 1)
    return fields.Refuse(codes::kPlanValue, key, "is '" + *out + "'; allowed: a share from 0 to 1, or 95%");
  if (percent) {
    char digits[32];
    const auto [end, error] = std::to_chars(digits, digits + sizeof(digits), share);
    out = std::string(digits, end);
  }
}

void ReadAgainst(PlanContext& context, PlanFields& fields, std::optional<Against>& against) {
  if (!fields.Has("against")) return;
  PlanFields other(context, fields.Child("against"), {"side", "table", "column", "where"});
  Against& out = against.emplace();
  if (other.Has("side")) other.Choice("side", out.side.emplace(), detail::kSuiteSides);
  other.Text("table", out.table);
  other.Texts("column", out.columns);
  other.Text("where", out.where);
}

void ReadShares(PlanFields& fields, Baseline& baseline) {
  std::vector<std::string> texts;
  fields.Require("shares");
  fields.Texts("shares", texts);
  for (const std::string& text : texts) {
    const std::optional<double> share = NumberOf(text);
    if (!share || *share < 0)
      return fields.Refuse(codes::kPlanValue, "shares", "holds '" + text + "'; allowed: numbers from 0");
    baseline.shares.push_back(*share);
  }
  if (baseline.shares.size() != std::max(baseline.edges.size(), baseline.values.size()) + 1)
    fields.Refuse(codes::kPlanValue, "shares", "must have one entry more than edges or values");
}

void ReadEdges(PlanFields& fields, Baseline& baseline) {
  fields.Texts("edges", baseline.edges);
  std::optional<double> last;
  for (const std::string& edge : baseline.edges) {
    const std::optional<double> number = NumberOf(edge);
    if (!number || (last && *number <= *last))
      return fields.Refuse(codes::kPlanValue, "edges", "must be numbers, each greater than the one before");
    last = number;
  }
}

void ReadBaseline(PlanContext& context, PlanFields& fields, std::optional<Baseline>& baseline) {
  if (!fields.Has("baseline")) return;
  PlanFields own(context, fields.Child("baseline"), {"edges", "values", "shares"});
  Baseline& out = baseline.emplace();
  ReadEdges(own, out);
  own.Texts("values", out.values);
  if (out.edges.empty() == out.values.empty())
    own.Refuse(codes::kPlanMissing, "edges", "is missing: give exactly one of edges (numbers) and values");
  ReadShares(own, out);
}

void ReadDistribution(PlanContext& context, PlanFields& fields, SuiteCheck& check) {
  fields.Require("max");
  ReadNumber(fields, "max", check.max);
  fields.Choice("distance", check.distance, detail::kDistances);
  fields.Integer("bins", check.bins, 2, kMostBins);
  ReadAgainst(context, fields, check.against);
  ReadBaseline(context, fields, check.baseline);
  if (check.against.has_value() == check.baseline.has_value())
    fields.Refuse(codes::kPlanMissing, "against", "is missing: give exactly one of against and baseline");
}

void ReadRowCount(PlanContext& context, PlanFields& fields, SuiteCheck& check) {
  ReadNumber(fields, "min", check.min);
  ReadNumber(fields, "max", check.max);
  ReadAgainst(context, fields, check.against);
  const bool bounds = check.min || check.max;
  if (bounds == check.against.has_value())
    fields.Refuse(codes::kPlanMissing, "min", "is missing: give bounds (min, max), or against");
}

void ReadSql(PlanFields& fields, SuiteCheck& check) {
  fields.Require("sql");
  fields.Text("sql", check.sql);
  fields.Flag("scalar", check.scalar);
  ReadNumber(fields, "min", check.min);
  ReadNumber(fields, "max", check.max);
  const bool bounds = check.min || check.max;
  if (check.scalar != bounds)
    fields.Refuse(codes::kPlanMissing, check.scalar ? "min" : "scalar",
                  check.scalar ? "is missing: a scalar needs min, max or both" : "must be true for min and max");
  if (check.scalar && fields.Has("tolerance"))
    fields.Refuse(codes::kPlanValue, "tolerance", "is for rows; a scalar has min and max");
}

void ReadBounds(PlanFields& fields, SuiteCheck& check) {
  fields.Text("min", check.min);
  fields.Text("max", check.max);
  if (!check.min && !check.max) fields.Refuse(codes::kPlanMissing, "min", "is missing: give min, max or both");
  if (check.kind != CheckKind::kLength) return;
  int64_t bound = 0;
  fields.Integer("min", bound, 0, INT64_MAX);
  fields.Integer("max", bound, 0, INT64_MAX);
}

void RequireText(PlanFields& fields, std::string_view key, std::string& out) {
  fields.Require(key);
  fields.Text(key, out);
}

void ReadCondition(PlanContext& context, PlanFields& fields, SuiteCheck& check) {
  switch (check.kind) {
    case CheckKind::kNotNull:
    case CheckKind::kUnique: return;
    case CheckKind::kRange:
    case CheckKind::kLength: return ReadBounds(fields, check);
    case CheckKind::kRegex: return RequireText(fields, "pattern", check.pattern);
    case CheckKind::kIn: fields.Require("values"); return fields.Texts("values", check.values);
    case CheckKind::kExpr: return RequireText(fields, "expr", check.expr);
    case CheckKind::kCompleteness:
    case CheckKind::kUniqueness: return ReadShare(fields, "min", check.min);
    case CheckKind::kRowCount: return ReadRowCount(context, fields, check);
    case CheckKind::kFreshness: return ReadAge(fields, check.max_age_seconds);
    case CheckKind::kDistribution: return ReadDistribution(context, fields, check);
    case CheckKind::kReferences: fields.Require("against"); return ReadAgainst(context, fields, check.against);
    case CheckKind::kColumn:
      fields.Text("type", check.type);
      if (fields.Has("nullable")) fields.Flag("nullable", check.nullable.emplace());
      return;
    case CheckKind::kSql: return ReadSql(fields, check);
  }
}

bool TakesColumns(CheckKind kind) {
  return kind == CheckKind::kUnique || kind == CheckKind::kUniqueness || kind == CheckKind::kReferences;
}

void ReadColumns(PlanFields& fields, SuiteCheck& check) {
  const Keys own = detail::OwnKeys(check.kind);
  if (check.kind != CheckKind::kSql) fields.Require("table");
  if (std::ranges::find(own, "column") == own.end()) return;
  fields.Require("column");
  fields.Texts("column", check.columns);
  if (fields.Has("column") && (check.columns.empty() || (check.columns.size() > 1 && !TakesColumns(check.kind))))
    fields.Refuse(codes::kPlanValue, "column", TakesColumns(check.kind) ? "must name a column" : "must be one column");
  const bool other = check.against && !check.against->columns.empty();
  if (other && check.against->columns.size() != check.columns.size())
    fields.Refuse(codes::kPlanValue, "against", "must name as many columns as the check");
}

CheckKind ReadKind(PlanContext& context, const PlanValue& value) {
  PlanFields fields(context, value, AllKeys());
  CheckKind kind = CheckKind::kNotNull;
  fields.Require("kind");
  fields.Choice("kind", kind, detail::kCheckKinds);
  return kind;
}

/// The side of a check in a flow is the target's, unless it is said.
void ReadSide(PlanFields& fields, SuiteAttach attach, SuiteCheck& check) {
  check.side = attach == SuiteAttach::kSource ? SuiteSide::kSource : SuiteSide::kTarget;
  const SuiteSide only = check.side;
  fields.Choice("side", check.side, detail::kSuiteSides);
  if (attach == SuiteAttach::kFlow) return;
  if (check.side != only) fields.Refuse(codes::kPlanValue, "side", "is not the one that the suite is attached to");
  if (check.against && check.against->side && *check.against->side != only)
    fields.Refuse(codes::kPlanValue, "against", "names the other side; only a suite with `attach: flow` has one");
}

void ReadCheck(PlanContext& context, const PlanValue& value, SuiteAttach attach, SuiteCheck& check) {
  check.place = context.Place(value.mark);
  check.kind = ReadKind(context, value);
  PlanFields fields(context, value, detail::KeysOf(check.kind));
  fields.Text("table", check.table);
  fields.Text("where", check.where);
  fields.Choice("severity", check.severity, detail::kCheckSeverities);
  fields.Text("owner", check.owner);
  fields.Text("description", check.description);
  fields.Flag("enabled", check.enabled);
  ReadTolerance(fields, check.tolerance);
  ReadCondition(context, fields, check);
  ReadColumns(fields, check);
  ReadSide(fields, attach, check);
  fields.Text("name", check.name);
  if (check.name.empty()) check.name = detail::DerivedCheckName(check);
}

void RefuseEqualNames(PlanContext& context, const std::vector<PlanValue>& values, const Suite& suite) {
  std::set<std::string> seen;
  for (size_t i = 0; i < suite.checks.size(); ++i) {
    if (seen.insert(suite.checks[i].name).second) continue;
    context.Refuse(codes::kPlanValue, values[i].mark,
                   "two checks have the name '" + suite.checks[i].name + "': give one of them another `name`");
  }
}

Suite ReadSuite(PlanContext& context, const PlanValue& root) {
  Suite suite;
  if (!context.error && !root.node.IsMap())
    context.Refuse(codes::kPlanSyntax, root.mark, "a suite must hold keys such as version and checks");
  PlanFields fields(context, root, {"version", "name", "description", "owner", "attach", "checks"});
  fields.Require("version");
  if (const std::string version = fields.TextOr("version", ""); !context.error && version != "1")
    fields.Refuse(codes::kPlanVersion, "version", "is '" + version + "'; allowed: 1");
  fields.Text("name", suite.name);
  fields.Text("description", suite.description);
  fields.Text("owner", suite.owner);
  fields.Choice("attach", suite.attach, detail::kSuiteAttachments);
  fields.Require("checks");
  const std::vector<PlanValue> values = fields.Children("checks");
  for (const PlanValue& value : values) ReadCheck(context, value, suite.attach, suite.checks.emplace_back());
  RefuseEqualNames(context, values, suite);
  return suite;
}

/// The machinery is the plan's, the advice is not.
Error AsSuiteError(Error error) {
  if (error.Is(codes::kPlanUnknownKey)) error.fix = "Use the key suggested; docs/validation.md lists all keys.";
  return error;
}

}  // namespace

Result<Suite> ParseSuite(std::string_view text, std::string_view file_name) {
  PlanContext context{.file_name = std::string(file_name)};
  Suite suite = ReadSuite(context, detail::LoadPlanText(context, text));
  if (context.error) return Fail(AsSuiteError(*std::move(context.error)));
  return suite;
}

Result<Suite> ReadSuiteFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  const bool any = file && file.peek() != std::ifstream::traits_type::eof();
  if (any) text << file.rdbuf();
  if (!file.is_open() || file.bad() || text.fail()) {
    return Fail(Error(codes::kPlanSyntax, "the suite file '" + path + "' cannot be read")
                    .Fix("Check that the path names a file and that you may read it; `migrateiq check --propose` "
                         "writes one."));
  }
  return ParseSuite(text.view(), path);
}

bool HasOwnSql(const Suite& suite) {
  return std::ranges::any_of(suite.checks, [](const SuiteCheck& check) {
    return check.kind == CheckKind::kSql || !check.where.empty() || (check.against && !check.against->where.empty());
  });
}

}  // namespace migrateiq
