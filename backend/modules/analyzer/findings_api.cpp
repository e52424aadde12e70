#include <algorithm>

#include "base/errors/api.hpp"
#include "modules/analyzer/analyzer_services.hpp"
#include "modules/analyzer/drift.hpp"
#include "modules/analyzer/mask.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/job_view.hpp"

namespace migrateiq::analyzer {

namespace {

using http::Context;
using http::Method;
using projects::FoundRoute;

struct AnalysedTableView {
  int64_t number = 0;
  std::string name;
  int64_t rows = 0, bytes = -1, columns = 0, personal_columns = 0;
  std::optional<double> quality;
};
BOOST_DESCRIBE_STRUCT(AnalysedTableView, (), (number, name, rows, bytes, columns, personal_columns, quality))

/// A table's profile but for its columns.
struct AnalysedTableDetail {
  int64_t number = 0;
  bool masked = false;  ///< values of personal data are not shown to who asked
  std::string name, schema, comment;
  int64_t rows = 0, bytes = -1, columns = 0;
  SampleProfile sample;
  std::vector<std::string> primary_key;
  std::vector<IndexProfile> indexes;  ///< declared, without the primary key
  std::vector<CandidateKey> candidate_keys;
  std::vector<FunctionalDependency> functional_dependencies;
  std::vector<InclusionDependency> inclusion_dependencies;
  std::optional<DuplicateRows> duplicate_rows;
  std::vector<RuleCount> rules;
  std::vector<AnomalyProfile> anomalies;  ///< most unusual first
  double seconds = 0;
  std::vector<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(AnalysedTableDetail, (),
                      (number, masked, name, schema, comment, rows, bytes, columns, sample, primary_key, indexes,
                       candidate_keys, functional_dependencies, inclusion_dependencies, duplicate_rows, rules,
                       anomalies, seconds, notes))

struct AnalysedColumn {
  int64_t position = 0;  ///< from 1
  bool masked = false;   ///< its values are not shown to who asked
  ColumnProfile profile;
};
BOOST_DESCRIBE_STRUCT(AnalysedColumn, (), (position, masked, profile))

/// A column with personal data.
struct PersonalColumnView {
  int64_t number = 0;  ///< of its table
  std::string table, column, kind;
  double confidence = 0;
  std::vector<std::string> evidence;
  int64_t rows = 0, values = 0;  ///< values: those that are not NULL
};
BOOST_DESCRIBE_STRUCT(PersonalColumnView, (), (number, table, column, kind, confidence, evidence, rows, values))

/// When and how it was looked at the data.
struct AnalysisProfileHead {
  std::string source;  ///< the connection
  std::string connector, moment, started_at;
  double seconds = 0;
  bool full = false;
  int64_t sample_rows = 0;
  std::vector<ProfileFailure> failures;  ///< tables that could not be read
  std::vector<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(AnalysisProfileHead, (),
                      (source, connector, moment, started_at, seconds, full, sample_rows, failures, notes))

struct FindingPageQuery {
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(FindingPageQuery, (), (limit, cursor))

struct DriftQuery {
  Text<1, 64> before_id;  ///< the earlier analysis
};
BOOST_DESCRIBE_STRUCT(DriftQuery, (), (before_id))

struct DriftView {
  std::string before, after;
  int64_t tables = 0;   ///< compared
  int64_t omitted = 0;  ///< differences that are not in `items`, which has the gravest
  std::vector<Drift> items;
};
BOOST_DESCRIBE_STRUCT(DriftView, (), (before, after, tables, omitted, items))

constexpr size_t kMostDrift = 2000;

AnalysedTableView ViewOf(const TableRow& row) {
  return {.number = row.number,
          .name = row.name,
          .rows = row.rows,
          .bytes = row.bytes,
          .columns = row.columns,
          .personal_columns = row.personal_columns,
          .quality = row.quality};
}

AnalysedTableDetail DetailOf(TableProfile&& table, int64_t number, bool masked) {
  return {.number = number,
          .masked = masked,
          .name = std::move(table.name),
          .schema = std::move(table.schema),
          .comment = std::move(table.comment),
          .rows = table.rows,
          .bytes = table.bytes,
          .columns = static_cast<int64_t>(table.columns.size()),
          .sample = std::move(table.sample),
          .primary_key = std::move(table.primary_key),
          .indexes = std::move(table.indexes),
          .candidate_keys = std::move(table.candidate_keys),
          .functional_dependencies = std::move(table.functional_dependencies),
          .inclusion_dependencies = std::move(table.inclusion_dependencies),
          .duplicate_rows = table.duplicate_rows,
          .rules = std::move(table.rules),
          .anomalies = std::move(table.anomalies),
          .seconds = table.seconds,
          .notes = std::move(table.notes)};
}

PersonalColumnView PersonalOf(const TableProfile& table, int64_t number, const ColumnProfile& column) {
  return {.number = number,
          .table = table.name,
          .column = column.name,
          .kind = column.semantic.kind,
          .confidence = column.semantic.confidence,
          .evidence = column.semantic.evidence,
          .rows = column.count,
          .values = column.count - column.nulls};
}

int64_t NumberIn(const std::string& text) { return std::strtoll(text.c_str(), nullptr, 10); }

class FindingsApi {
 public:
  explicit FindingsApi(Analyses& analyses) : analyses_(analyses) {}

  Result<Page<AnalysedTableView>> Tables(Context& context, const FindingPageQuery& query) const {
    MIQ_ASSIGN(const AnalysisDetail detail, Load(context, context.Path("analysis_id")));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor, "0"));
    MIQ_ASSIGN(const auto rows,
               analyses_.Tables(detail.row.tenant_id, detail.row.analysis_id, NumberIn(after), page.limit));
    return core::MakePage<AnalysedTableView, TableRow>(
        rows, page.limit, &ViewOf, [](const TableRow& row) { return core::IdCursor(std::to_string(row.number)); });
  }

  Result<AnalysisProfileHead> Head(Context& context) const {
    MIQ_ASSIGN(const AnalysisDetail detail, Load(context, context.Path("analysis_id")));
    MIQ_ASSIGN(Profile head, analyses_.Head(detail.row.tenant_id, detail.row.analysis_id));
    return AnalysisProfileHead{.source = std::move(head.source),
                               .connector = std::move(head.connector),
                               .moment = std::move(head.moment),
                               .started_at = std::move(head.started_at),
                               .seconds = head.seconds,
                               .full = head.full,
                               .sample_rows = head.sample_rows,
                               .failures = std::move(head.failures),
                               .notes = std::move(head.notes)};
  }

  Result<AnalysedTableDetail> Table(Context& context) const {
    MIQ_ASSIGN(const AnalysisDetail detail, Load(context, context.Path("analysis_id")));
    const int64_t number = NumberIn(context.Path("number"));
    MIQ_ASSIGN(TableProfile table, analyses_.Table(detail.row.tenant_id, detail.row.analysis_id, number));
    const bool masked = !MaySeeValues(context, detail) && MaskTable(table);
    return DetailOf(std::move(table), number, masked);
  }

  Result<Page<AnalysedColumn>> Columns(Context& context, const FindingPageQuery& query) const {
    MIQ_ASSIGN(const AnalysisDetail detail, Load(context, context.Path("analysis_id")));
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor, "0"));
    MIQ_ASSIGN(TableProfile table,
               analyses_.Table(detail.row.tenant_id, detail.row.analysis_id, NumberIn(context.Path("number"))));
    const bool mask = !MaySeeValues(context, detail);
    Page<AnalysedColumn> result;
    const auto columns = static_cast<int64_t>(table.columns.size());
    for (int64_t position = std::max<int64_t>(NumberIn(after), 0); position < columns; ++position) {
      if (static_cast<int64_t>(result.items.size()) == page.limit) {
        result.next = core::IdCursor(std::to_string(position));
        break;
      }
      ColumnProfile& column = table.columns[static_cast<size_t>(position)];
      const bool masked = mask && MaskColumn(column);
      result.items.push_back({.position = position + 1, .masked = masked, .profile = std::move(column)});
    }
    return result;
  }

  /// The cursor is (table, column), both counted from 1, of the last one shown.
  Result<Page<PersonalColumnView>> PersonalData(Context& context, const FindingPageQuery& query) const {
    MIQ_ASSIGN(const AnalysisDetail detail, Load(context, context.Path("analysis_id")));
    const core::PageRequest page = core::PageOf(query);
    int64_t table_after = 1, column_after = 0;
    if (!page.cursor.empty()) {
      MIQ_ASSIGN(const auto parts, core::DecodeCursor(page.cursor, 2));
      table_after = NumberIn(parts[0]);
      column_after = NumberIn(parts[1]);
    }
    Page<PersonalColumnView> result;
    std::string last;
    MIQ_TRY(analyses_.EachTable(detail.row.tenant_id, detail.row.analysis_id, table_after - 1,
                                [&](int64_t number, TableProfile&& table) {
                                  for (size_t at = number == table_after ? static_cast<size_t>(column_after) : 0;
                                       at < table.columns.size(); ++at) {
                                    if (!table.columns[at].semantic.is_pii) continue;
                                    if (static_cast<int64_t>(result.items.size()) == page.limit) {
                                      result.next = last;
                                      return false;
                                    }
                                    result.items.push_back(PersonalOf(table, number, table.columns[at]));
                                    last = core::EncodeCursor({std::to_string(number), std::to_string(at + 1)});
                                  }
                                  return true;
                                }));
    return result;
  }

  /// By dimension, with the formulas.
  Result<QualitySummary> Quality(Context& context) const {
    MIQ_ASSIGN(const Assessment assessment, AssessmentOf(context));
    return assessment.quality;
  }

  Result<Assessment> AssessmentOf(Context& context) const {
    MIQ_ASSIGN(const AnalysisDetail detail, Load(context, context.Path("analysis_id")));
    MIQ_ASSIGN(const std::string text, analyses_.AssessmentJson(detail.row.tenant_id, detail.row.analysis_id));
    if (auto assessment = projects::StoredView<Assessment>(text)) return *std::move(assessment);
    return Fail(Error(codes::kApiState, "the assessment was written by another version of MigrateIQ")
                    .Fix("Analyse the connection again, or read the page (assessment.html), which is as it was."));
  }

  Status AssessmentPage(Context& context) const {
    MIQ_ASSIGN(const AnalysisDetail detail, Load(context, context.Path("analysis_id")));
    MIQ_ASSIGN(context.response.body, analyses_.AssessmentPage(detail.row.tenant_id, detail.row.analysis_id));
    context.response.content_type = "text/html; charset=utf-8";
    context.response.headers.Set("Content-Disposition",
                                 "attachment; filename=\"assessment-" + detail.row.analysis_id + ".html\"");
    return {};
  }

  Result<DriftView> DriftOf(Context& context, const DriftQuery& query) const {
    MIQ_ASSIGN(const AnalysisDetail now, Load(context, context.Path("analysis_id")));
    MIQ_ASSIGN(const AnalysisDetail then, Load(context, query.before_id));
    MIQ_ASSIGN(const Profile after, analyses_.Whole(now.row.tenant_id, now.row.analysis_id));
    MIQ_ASSIGN(const Profile before, analyses_.Whole(then.row.tenant_id, then.row.analysis_id));
    DriftView view{.before = then.row.analysis_id, .after = now.row.analysis_id};
    view.tables = std::ranges::count_if(after.tables,
                                        [&](const TableProfile& table) { return Find(before, table.name) != nullptr; });
    view.items = FindDrift(before, after);
    if (view.items.size() > kMostDrift) {
      view.omitted = static_cast<int64_t>(view.items.size() - kMostDrift);
      view.items.resize(kMostDrift);
    }
    return view;
  }

 private:
  Result<AnalysisDetail> Load(Context& context, const std::string& analysis_id) const {
    MIQ_ASSIGN(AnalysisDetail detail, analyses_.Get(context.principal.tenant_id, analysis_id));
    MIQ_TRY(context.require(kReadPermission, detail.row.project_id));
    return detail;
  }

  static bool MaySeeValues(const Context& context, const AnalysisDetail& detail) {
    return context.require(kValuesPermission, detail.row.project_id).has_value();
  }

  Analyses& analyses_;
};

}  // namespace

void AddFindingRoutes(http::Router& router, AnalyzerServices& services) {
  const auto api = std::make_shared<FindingsApi>(services.analyses);  // shared by the handlers
  const auto route = [](const std::string& path, const char* name, const char* summary) {
    return FoundRoute(Method::kGet, "analyses/{analysis_id}/" + path, name, kReadPermission, summary);
  };
  router.Add<Nothing, FindingPageQuery, Page<AnalysedTableView>>(
      route("tables", "listAnalysedTables", "The tables of an analysis, in the order in which they were found."),
      [api](Context& context, const Nothing&, const FindingPageQuery& query) { return api->Tables(context, query); });
  router.Add<Nothing, Nothing, AnalysisProfileHead>(
      route("profile", "getAnalysisProfile",
            "When and how it was looked at the data, and which tables could not be read; tables/ has the rest."),
      [api](Context& context, const Nothing&, const Nothing&) { return api->Head(context); });
  router.Add<Nothing, Nothing, AnalysedTableDetail>(
      route("tables/{number}", "getAnalysedTable", "What was found in a table: keys, dependencies, duplicates."),
      [api](Context& context, const Nothing&, const Nothing&) { return api->Table(context); });
  router.Add<Nothing, FindingPageQuery, Page<AnalysedColumn>>(
      route("tables/{number}/columns", "listAnalysedColumns",
            "The columns of a table with all figures; values of personal data only with analyses.values."),
      [api](Context& context, const Nothing&, const FindingPageQuery& query) { return api->Columns(context, query); });
  router.Add<Nothing, FindingPageQuery, Page<PersonalColumnView>>(
      route("personal-data", "listPersonalData", "Where personal data lies, what it is, and how that is known."),
      [api](Context& context, const Nothing&, const FindingPageQuery& query) {
        return api->PersonalData(context, query);
      });
  router.Add<Nothing, Nothing, QualitySummary>(
      route("quality", "getQuality",
            "Quality by dimension, with the formulas; a table's stands in the list of tables."),
      [api](Context& context, const Nothing&, const Nothing&) { return api->Quality(context); });
  router.Add<Nothing, Nothing, Assessment>(
      route("assessment", "getAssessment", "The assessment before a migration: risks, what converts, effort, verdict."),
      [api](Context& context, const Nothing&, const Nothing&) { return api->AssessmentOf(context); });
  router.AddRaw(http::Answering(route("assessment.html", "getAssessmentPage",
                                      "The assessment as one page to keep, to hand over or to print."),
                                "text/html"),
                [api](Context& context) { return api->AssessmentPage(context); });
  router.Add<Nothing, DriftQuery, DriftView>(
      http::Whole(route("drift", "getDrift", "What is not as it was in an earlier analysis; the gravest first.")),
      [api](Context& context, const Nothing&, const DriftQuery& query) { return api->DriftOf(context, query); });
}

}  // namespace migrateiq::analyzer
