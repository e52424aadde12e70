#include <algorithm>
#include <chrono>

#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/check/rules.hpp"
#include "pipeline/duck/expression_evaluator.hpp"
#include "pipeline/suite/detail/probe.hpp"

namespace migrateiq::detail {

namespace {

constexpr size_t kMostAggregates = 400;  ///< of one statement

double SecondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

bool Interrupted(const Status& status, const CheckOptions& options) {
  return !status && status.error().Is(codes::kRunInterrupted) && options.stop.stop_requested();
}

// --- in SQL ----------------------------------------------------------------------------------------------------------

struct Asked {
  Probe* probe;
  Question question;
};

std::string StatementOf(const std::vector<const Asked*>& together) {
  std::string sql = "SELECT COUNT(*)";
  for (const Asked* asked : together) {
    for (const std::string& aggregate : asked->question.aggregates) sql += ", " + aggregate;
  }
  return sql + together[0]->probe->table.From();
}

void Share(Probe& probe, double seconds, const std::string& sql) {
  probe.seconds += seconds;
  probe.how = "sql";
  probe.sql += (probe.sql.empty() ? "" : ";\n") + sql;
}

/// One statement for the aggregates of all of them, then the queries of each.
Status AskTogether(const std::vector<const Asked*>& together) {
  System& system = *together[0]->probe->table.system;
  const auto begin = std::chrono::steady_clock::now();
  MIQ_ASSIGN(const QueryRows rows, system.Query(StatementOf(together)));
  const double seconds = SecondsSince(begin);
  if (rows.empty()) return Fail(codes::kInternal, "an aggregate query without a row");
  size_t at = 1;
  for (const Asked* asked : together) {
    Probe& probe = *asked->probe;
    probe.rows = CountOf(rows[0].at(0));
    Share(probe, seconds, StatementOf({asked}));
    Answer answer;
    for (size_t i = 0; i < asked->question.aggregates.size(); ++i) answer.aggregates.push_back(rows[0].at(at++));
    for (const std::string& query : asked->question.queries) {
      const auto started = std::chrono::steady_clock::now();
      MIQ_ASSIGN(QueryRows own, system.Query(query));
      Share(probe, SecondsSince(started), query);
      answer.queries.push_back(std::move(own));
    }
    MIQ_TRY(probe.Take(answer));
  }
  return {};
}

/// What fails together is asked one by one, so that only the one to blame fails.
Status AskGroup(const std::vector<Asked>& group, const CheckOptions& options) {
  for (size_t begin = 0; begin < group.size();) {
    std::vector<const Asked*> together;
    size_t aggregates = 0;
    while (begin < group.size() && (together.empty() || aggregates < kMostAggregates)) {
      aggregates += group[begin].question.aggregates.size();
      together.push_back(&group[begin++]);
    }
    Status status = AskTogether(together);
    if (Interrupted(status, options)) return status;
    if (status) continue;
    for (const Asked* asked : together) {
      asked->probe->sql.clear();
      asked->probe->seconds = 0;
      status = together.size() > 1 ? AskTogether({asked}) : status;
      if (Interrupted(status, options)) return status;
      if (!status) asked->probe->error = status.error();
    }
  }
  return {};
}

Status SampleByQuery(Probe& probe, const std::vector<std::string>& key, const std::string& sql) {
  MIQ_ASSIGN(const QueryRows rows, probe.table.system->Query(sql));
  for (const auto& row : rows) {
    CheckSample& sample = probe.samples.emplace_back();
    for (size_t i = 0; i < key.size(); ++i) sample.key.emplace_back(key[i], row.at(i).value_or("NULL"));
    for (size_t i = key.size(); i < row.size(); ++i)
      sample.value += (sample.value.empty() ? "" : ", ") + row[i].value_or("NULL");
  }
  return {};
}

std::vector<std::string> Columns(const std::vector<std::string>& key, const std::vector<const CatalogColumn*>& also) {
  std::vector<std::string> names = key;
  for (const CatalogColumn* column : also) {
    if (std::ranges::find(names, column->name) == names.end()) names.push_back(column->name);
  }
  return names;
}

CheckSample SampleOf(const Batch& batch, int64_t row, const std::vector<std::string>& key,
                     const std::vector<const CatalogColumn*>& columns) {
  CheckSample sample;
  for (const std::string& name : key)
    sample.key.emplace_back(name, ShownValue(batch.columns[static_cast<size_t>(batch.schema->IndexOf(name))], row));
  for (const CatalogColumn* column : columns)
    sample.value += (sample.value.empty() ? "" : ", ") + ShownValue(ColumnOf(batch, *column), row);
  return sample;
}

/// The first rows that break it. That they cannot be shown does not change what was counted.
Status Show(Probe& probe, const CheckOptions& options) {
  if (probe.broken() <= 0 || options.samples <= 0 || probe.error) return {};
  const std::vector<std::string> key = probe.table.table->KeyColumns();
  const std::string query = probe.SampleQuery(key, options.samples), condition = probe.BrokenRows();
  if (!query.empty()) return SampleByQuery(probe, key, query);
  if (condition.empty()) return {};
  const std::string& where = probe.table.where;
  const ReadRequest request{.table = probe.table.table,
                            .sql = "",
                            .columns = Columns(key, probe.columns),
                            .where = where.empty() ? condition : "(" + where + "\n) AND " + condition};
  return probe.table.system->Read(request, [&](const Batch& batch) -> Result<bool> {
    for (int64_t row = 0; row < batch.rows && std::cmp_less(probe.samples.size(), options.samples); ++row)
      probe.samples.push_back(SampleOf(batch, row, key, probe.columns));
    return std::cmp_less(probe.samples.size(), options.samples);
  });
}

// --- over batches ----------------------------------------------------------------------------------------------------

/// One pass over the rows of a table for all that could not be asked in SQL.
class Pass {
 public:
  Pass(std::vector<Probe*> probes, const CheckOptions& options)
      : probes_(std::move(probes)), options_(options), table_(probes_[0]->table) {}

  Status Run() {
    const auto begin = std::chrono::steady_clock::now();
    const Status status = Read();
    for (Probe* probe : probes_) {
      probe->seconds += SecondsSince(begin);
      probe->how = "batches";
      probe->rows = rows_;
      Status finished = !status ? status : probe->error ? Status{} : probe->Finish();
      if (!finished) probe->error = std::move(finished).error();
    }
    return Interrupted(status, options_) ? status : Status{};
  }

 private:
  Status Read() {
    ChooseColumns();
    MIQ_TRY(BindRules());
    ReadRequest request{.table = table_.table, .sql = "", .columns = names_, .where = ""};
    if (!table_.where.empty()) MIQ_TRY(BindWhere(request));
    return table_.system->Read(request, [this](const Batch& batch) -> Result<bool> {
      if (!filter_) MIQ_TRY(Take(batch));
      if (filter_) {
        MIQ_ASSIGN(const Batch chosen, Chosen(batch));
        MIQ_TRY(Take(chosen));
      }
      return true;
    });
  }

  void ChooseColumns() {
    key_ = table_.table->KeyColumns();
    names_ = key_;
    for (const Probe* probe : probes_) names_ = Columns(names_, probe->columns);
    if (!table_.where.empty() && table_.dialect().value_sql() == nullptr) {
      names_.clear();
      for (const CatalogColumn& column : table_.table->columns) names_.push_back(column.name);
    }
    if (names_.empty() && !table_.table->columns.empty()) names_.push_back(table_.table->columns[0].name);
    auto schema = std::make_shared<Schema>();
    for (const std::string& name : names_) {
      const CatalogColumn* column = table_.table->Find(name);
      schema->fields.push_back({column->name, column->type, column->nullable});
    }
    schema_ = std::move(schema);
  }

  /// A rule that cannot be made is its probe's error.
  Status BindRules() {
    std::vector<Rule> rules;
    for (Probe* probe : probes_) {
      if (probe->rule() == nullptr) continue;
      const auto made = MakeRuleChecker({*probe->rule()}, schema_, options_.now);
      if (!made) {
        probe->error = made.error();
        continue;
      }
      ruled_.push_back(probe);
      rules.push_back(*probe->rule());
    }
    if (rules.empty()) return {};
    MIQ_ASSIGN(checker_, MakeRuleChecker(rules, schema_, options_.now));
    return {};
  }

  /// A database takes the condition; for files it is evaluated here.
  Status BindWhere(ReadRequest& request) {
    if (table_.dialect().value_sql() != nullptr) {
      request.where = table_.where;
      return {};
    }
    MIQ_ASSIGN(filter_, MakeExpressionEvaluator(schema_, {{"where", table_.where, "where"}}, options_.now));
    if (filter_->types()[0].kind == TypeKind::kBool) return {};
    return Fail(codes::kPlanValue, "'" + table_.where + "' is no condition");
  }

  Result<Batch> Chosen(const Batch& batch) {
    std::vector<Finding> findings;
    MIQ_TRY(filter_->Evaluate(batch, computed_, findings));
    std::vector<bool> keep(static_cast<size_t>(batch.rows));
    for (int64_t row = 0; row < batch.rows; ++row)
      keep[static_cast<size_t>(row)] = !computed_[0].IsNull(row) && computed_[0].Get<uint8_t>(row) != 0;
    return batch.Filter(keep);
  }

  Status Take(const Batch& batch) {
    rows_ += batch.rows;
    if (checker_) MIQ_TRY(CheckRules(batch));
    for (Probe* probe : probes_) {
      if (probe->error) continue;
      const Status gathered = probe->Gather(batch);
      if (!gathered) probe->error = gathered.error();
    }
    return {};
  }

  Status CheckRules(const Batch& batch) {
    breaches_.clear();
    MIQ_TRY(checker_->Check(batch, breaches_));
    for (const RuleBreach& breach : breaches_) {
      Probe& probe = *ruled_[breach.rule];
      if (!probe.Breach(batch, breach.row) || std::cmp_greater_equal(probe.samples.size(), options_.samples)) continue;
      CheckSample sample = SampleOf(batch, breach.row, key_, {});
      sample.value = breach.value;
      probe.samples.push_back(std::move(sample));
    }
    return {};
  }

  std::vector<Probe*> probes_;
  const CheckOptions& options_;
  const AskedTable& table_;
  std::vector<std::string> key_, names_;
  SchemaPtr schema_;
  std::vector<Probe*> ruled_;  ///< the probe of each rule
  std::unique_ptr<RuleChecker> checker_;
  std::unique_ptr<ExpressionEvaluator> filter_;
  std::vector<RuleBreach> breaches_;
  std::vector<Column> computed_;
  int64_t rows_ = 0;
};

/// A condition is asked for in a statement of its own first, in which it cannot be anything but a condition: what it
/// is put into later takes it for granted.
Status TryCondition(const AskedTable& table) {
  if (table.where.empty() || table.dialect().value_sql() == nullptr) return {};
  MIQ_TRY(table.system->Query("SELECT 1" + table.From() + " LIMIT 0"));
  return {};
}

Status AskTable(const std::vector<Probe*>& probes, const CheckOptions& options) {
  if (const Status tried = TryCondition(probes[0]->table); !tried) {
    for (Probe* probe : probes) probe->error = tried.error();
    return Interrupted(tried, options) ? tried : Status{};
  }
  std::vector<Asked> in_sql;
  std::vector<Probe*> over_batches;
  for (Probe* probe : probes) {
    std::optional<Question> question = options.push_down ? probe->Ask() : std::nullopt;
    if (question)
      in_sql.push_back({probe, *std::move(question)});
    else
      over_batches.push_back(probe);
  }
  MIQ_TRY(AskGroup(in_sql, options));
  for (const Asked& asked : in_sql) {
    const Status shown = Show(*asked.probe, options);
    if (Interrupted(shown, options)) return shown;
  }
  return over_batches.empty() ? Status{} : Pass(over_batches, options).Run();
}

}  // namespace

Status AskAll(const std::vector<Probe*>& probes, const CheckOptions& options, const std::string& phase) {
  std::vector<Probe*> left = probes;
  while (!left.empty()) {
    if (options.progress)
      options.progress(phase, static_cast<int64_t>(probes.size() - left.size()), static_cast<int64_t>(probes.size()));
    const AskedTable& first = left[0]->table;
    std::vector<Probe*> same, others;
    for (Probe* probe : left) (probe->table.SameRows(first) ? same : others).push_back(probe);
    MIQ_TRY(AskTable(same, options));
    left = std::move(others);
  }
  return {};
}

}  // namespace migrateiq::detail
