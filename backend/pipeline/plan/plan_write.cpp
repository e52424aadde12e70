#include <fmt/format.h>
#include <openssl/evp.h>

#include "pipeline/connector/url.hpp"
#include "pipeline/plan/detail/plan_emitter.hpp"
#include "pipeline/plan/detail/plan_names.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq {

namespace {

using detail::NameOf;
using detail::YamlFlowMap;
using detail::YamlList;
using detail::YamlScalar;

/// Writes a plan section by section; without comments the text is the plan's canonical form.
class PlanWriter {
 public:
  PlanWriter(const Plan& plan, bool comments) : plan_(plan), comments_(comments) {}

  std::string Write() && {
    Comment(
        "A MigrateIQ plan: `migrateiq rehearse FILE` tries it without writing, `migrateiq run FILE` carries it out.");
    Comment("docs/plan.md describes every key. Passwords belong in ${NAME} or ${file:/path}, not in this file.");
    Line(fmt::format("version: {}", plan_.version));
    if (!plan_.name.empty()) Line("name: " + YamlScalar(plan_.name));
    Line("source: " + Address(plan_.source).Finish());
    YamlFlowMap target = Address(plan_.target);
    target.Text("schema", plan_.target.schema);
    Line("target: " + std::move(target).Finish());
    Tables();
    Mappings();
    Types();
    On();
    Run();
    return std::move(out_);
  }

 private:
  void Comment(std::string_view text) {
    if (comments_) Line("# " + std::string(text));
  }
  void Line(std::string_view text, std::string_view comment = "") {
    out_ += text;
    if (comments_ && !comment.empty()) out_.append("  # ").append(comment);
    out_ += '\n';
  }
  void Section(std::string_view comment) {
    if (comments_) out_ += '\n';
    Comment(comment);
  }

  static YamlFlowMap Address(const Endpoint& endpoint) {
    YamlFlowMap map;
    if (endpoint.connection.empty())
      map.Raw("url", YamlScalar(endpoint.url));
    else
      map.Text("connection", endpoint.connection);
    return map;
  }

  void Tables() {
    Section("Which tables: shell patterns. Those without a mapping below are mapped as they are.");
    Line(fmt::format("tables: {{include: {}, exclude: {}}}", YamlList(plan_.include), YamlList(plan_.exclude)));
    Line(fmt::format("naming: {{case: {}}}", NameOf(detail::kNameCases, plan_.name_case)),
         "keep | snake | lower; over-long names get a hash suffix");
  }

  void Mappings() {
    if (plan_.mappings.empty()) return;
    Section(
        "Per table: columns by name or as DuckDB SQL (expr) over the source row; `rest` says what becomes of others.");
    for (const std::string& remark : plan_.remarks) Comment(OneLine(remark));
    Line("mappings:");
    for (const TableMapping& mapping : plan_.mappings) Mapping(mapping);
  }

  void Mapping(const TableMapping& mapping) {
    for (const std::string& remark : mapping.remarks) IndentedComment("  ", remark);
    if (mapping.sql.empty())
      Line("  - source: " + YamlScalar(mapping.source));
    else
      Line("  - source: {sql: " + YamlScalar(mapping.sql) + "}");
    Field("target", mapping.target);
    Field("mode", NameOf(detail::kLoadModes, mapping.mode));
    if (!mapping.key.empty()) Line("    key: " + YamlList(mapping.key));
    Field("where", mapping.where);
    if (!mapping.columns.empty()) Line("    columns:");
    for (const ColumnMapping& column : mapping.columns) Column(column);
    for (const std::string& question : mapping.questions) IndentedComment("      ", question);
    if (mapping.rest != Rest::kMap) Field("rest", NameOf(detail::kRests, mapping.rest));
    if (!mapping.rules.empty()) Line("    rules:");
    for (const Rule& rule : mapping.rules) WriteRule(rule);
  }

  void Field(std::string_view key, std::string_view value) {
    if (!value.empty()) Line(fmt::format("    {}: {}", key, YamlScalar(value)));
  }

  void Column(const ColumnMapping& column) {
    YamlFlowMap map;
    map.Raw("target", YamlScalar(column.target));
    map.Text("source", column.source);
    map.Text("expr", column.expr);
    map.Text("type", column.type);
    map.Text("assume_zone", column.assume_zone);
    if (column.mask) map.Raw("mask", Mask(*column.mask));
    Line("      - " + std::move(map).Finish(), OneLine(column.remark));
  }

  static std::string Mask(const MaskUse& mask) {
    YamlFlowMap map;
    map.Text("kind", InfoOf(mask.kind).id);
    map.Text("key", mask.key);
    return std::move(map).Finish();
  }

  /// Remarks tell names and values of foreign systems: they must not end the comment.
  static std::string OneLine(std::string text) {
    for (char& c : text)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return text;
  }
  void IndentedComment(std::string_view indent, const std::string& text) {
    if (comments_) Line(std::string(indent) + "# " + OneLine(text));
  }

  void WriteRule(const Rule& rule) {
    YamlFlowMap map;
    map.Text("kind", NameOf(detail::kRuleKinds, rule.kind));
    if (rule.name != detail::DerivedRuleName(rule)) map.Text("name", rule.name);
    map.Text("column", rule.column);
    if (rule.min) map.Raw("min", YamlScalar(*rule.min));
    if (rule.max) map.Raw("max", YamlScalar(*rule.max));
    if (rule.kind == RuleKind::kRegex) map.Raw("pattern", YamlScalar(rule.pattern));
    if (rule.kind == RuleKind::kIn) map.Raw("values", YamlList(rule.values));
    if (rule.kind == RuleKind::kExpr) map.Raw("expr", YamlScalar(rule.expr));
    map.Text("severity", NameOf(detail::kSeverities, rule.severity));
    Line("      - " + std::move(map).Finish());
  }

  void Types() {
    if (plan_.types.empty()) return;
    Section("Types of the target, first match wins.");
    Line("types:");
    for (const TypeOverride& type : plan_.types) {
      YamlFlowMap match;
      match.Text("source_type", type.source_type);
      match.Text("table", type.table);
      match.Text("column", type.column);
      Line("  - {match: " + std::move(match).Finish() + ", to: " + YamlScalar(type.to) + "}");
    }
  }

  void On() {
    Section("What to do with values that the target cannot hold.");
    Line("on:");
    Option("zero_date", NameOf(detail::kZeroDates, plan_.on.zero_date),
           "null | error | epoch; null makes a NOT NULL column nullable and lists it");
    Option("nul_byte", NameOf(detail::kNulBytes, plan_.on.nul_byte), "strip | reject | error");
    Option("orphan_row", NameOf(detail::kOrphanRows, plan_.on.orphan_row), "report | quarantine | error");
    Option("row_error", NameOf(detail::kRowErrors, plan_.on.row_error), "quarantine | fail");
    Option("max_row_errors", fmt::format("{}", plan_.on.max_row_errors), "more rejected rows than this fail the run");
  }

  void Run() {
    const RunOptions& run = plan_.run;
    Section("How the run goes.");
    Line("run:");
    Option("workers", fmt::format("{}", run.workers), "0 = number of cores");
    Option("chunk_rows", run.chunk_rows == 0 ? "auto" : fmt::format("{}", run.chunk_rows), "");
    Option("schema", NameOf(detail::kSchemaModes, run.schema), "create | reuse | replace");
    Option("verify", NameOf(detail::kVerifyLevels, run.verify), "none | counts | checksum | diff");
    Option("undo", NameOf(detail::kUndoModes, run.undo_journal), "journal | none");
    if (!run.ledger_schema.empty()) Option("ledger_schema", YamlScalar(run.ledger_schema), "");
    if (run.create_database) Option("create_database", "true", "");
    if (run.parts != 0) Option("parts", fmt::format("{}", run.parts), "file targets: parts a table");
    Option("throttle",
           fmt::format("{{rows_per_second: {}, bytes_per_second: {}, pause_when_source_load_above: {}}}",
                       run.throttle.rows_per_second, run.throttle.bytes_per_second,
                       run.throttle.pause_when_source_load_above),
           "0 = no limit");
  }

  void Option(std::string_view key, std::string_view value, std::string_view comment) {
    Line(fmt::format("  {}: {}", key, value), comment);
  }

  const Plan& plan_;
  const bool comments_;
  std::string out_;
};

std::string Sha256Hex(std::string_view text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

/// "db:5432,db:5432" -> "db:5432": a name stands there once for each of its addresses.
std::string EachHostOnce(std::string_view hosts) {
  std::string once;
  for (size_t at = 0; at <= hosts.size();) {
    const size_t end = std::min(hosts.find(',', at), hosts.size());
    const std::string_view host = hosts.substr(at, end - at);
    if (!("," + once + ",").contains("," + std::string(host) + ","))
      once += (once.empty() ? "" : ",") + std::string(host);
    at = end + 1;
  }
  return once;
}

std::string WithoutPins(std::string_view query) {
  std::string kept;
  for (size_t at = 0; at <= query.size();) {
    const size_t end = std::min(query.find('&', at), query.size());
    const std::string_view member = query.substr(at, end - at);
    if (!member.starts_with("hostaddr=") && !member.starts_with("passfile="))
      kept += (kept.empty() ? "" : "&") + std::string(member);
    at = end + 1;
  }
  return kept;
}

/// A URL whose names were pinned to addresses (`hostaddr`) as it was before: a name that leads elsewhere by now is the
/// same system to a plan; where it may lead is checked when the connection is made.
std::string Unpinned(const std::string& url) {
  const size_t query = std::min(url.find('?'), url.size());
  if (!url.substr(query).contains("hostaddr=")) return url;
  const size_t scheme_end = url.find("://");
  if (scheme_end == std::string::npos || scheme_end > query) return url;
  const size_t path = std::min(url.find('/', scheme_end + 3), query);
  const size_t at = url.substr(0, path).rfind('@');
  const size_t hosts = at == std::string::npos || at < scheme_end ? scheme_end + 3 : at + 1;
  return url.substr(0, hosts) + EachHostOnce(url.substr(hosts, path - hosts)) + url.substr(path, query - path) + "?" +
         WithoutPins(url.substr(query + 1));
}

}  // namespace

std::string WritePlan(const Plan& plan) { return PlanWriter(plan, true).Write(); }

// Passwords are masked: a changed password is no other plan, and a hash of a weak one could be guessed.
std::string PlanFingerprint(const Plan& plan) {
  Plan canonical = plan;
  canonical.name.clear();
  canonical.source.url = Unpinned(MaskSecrets(plan.source.url));
  canonical.target.url = Unpinned(MaskSecrets(plan.target.url));
  return Sha256Hex(PlanWriter(canonical, false).Write());
}

}  // namespace migrateiq
