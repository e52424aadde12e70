#include "pipeline/run/rehearse_constraints.hpp"

#include <algorithm>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "pipeline/run/clock.hpp"
#include "pipeline/verify/readback.hpp"

namespace migrateiq {

namespace {

constexpr int kMostAlike = 20;  ///< spellings of one key that are looked at for samples

/// The columns that a table's keys need, of its definition; all that are written when an expression needs any.
SchemaPtr SchemaToRead(const RehearsedTable& table) {
  auto schema = std::make_shared<Schema>();
  std::vector<std::string> names;
  bool computed = false;
  for (const RehearsedKey& key : table.keys) {
    computed |= !key.probed.where.empty();
    for (const ProbedPart& part : key.probed.parts) {
      computed |= part.column.empty();
      names.push_back(part.column);
    }
  }
  if (computed) return table.task->transform.target;
  for (const CatalogColumn& column : table.definition.columns) {
    if (std::ranges::find(names, column.name) == names.end()) continue;
    schema->fields.push_back({column.name, column.type, column.nullable});
  }
  return schema;
}

}  // namespace

Result<std::unique_ptr<ConstraintRehearsal>> ConstraintRehearsal::Make(const Plan& plan, const Ends& ends,
                                                                       const ResolvedPlan& resolved,
                                                                       EngineContext& context) {
  std::unique_ptr<ConstraintRehearsal> made(new ConstraintRehearsal(plan, ends, context));
  made->run_start_ = NowMicros();
  const ConnectorInfo& info = ends.target_connector->info();
  if (info.file_based || !info.can_read) {
    made->tables_.resize(resolved.tables.size());
    return made;
  }
  MIQ_ASSIGN(made->spill_, SpillFile::Make());
  MIQ_ASSIGN(made->tables_, FollowKeys(resolved, ends, *made->spill_));
  OpenOptions options = OptionsFor(plan, "", context);
  options.create_database = false;
  MIQ_ASSIGN(made->target_, OpenTarget(ends.target_url, options));
  made->oracle_ = std::make_unique<EqualityOracle>(*made->target_);
  for (const TableTask& task : resolved.tables) {
    if (task.IsMadeByRun()) MIQ_TRY(made->target_->CheckDefinition(task.LoadTable()));
  }
  return made;
}

Result<std::unique_ptr<KeyProbe>> ConstraintRehearsal::ProbeFor(size_t table) {
  const RehearsedTable& followed = tables_[table];
  if (followed.keys.empty()) return nullptr;
  return KeyProbe::Make(followed.Probed(), followed.task->transform.target, *oracle_, run_start_);
}

Status ConstraintRehearsal::Add(size_t table, KeyProbe& probe, const Batch& batch) {
  return probe.Add(batch, tables_[table].rows.fetch_add(static_cast<uint64_t>(batch.rows)));
}

Status ConstraintRehearsal::Finish(RehearsedTable& table) {
  for (RehearsedKey& key : table.keys) MIQ_TRY(key.probed.set->Finish());
  return {};
}

Status ConstraintRehearsal::ReadTarget() {
  std::vector<TableName> names;
  for (const RehearsedTable& table : tables_) {
    if (table.reads_target && !table.keys.empty()) names.push_back(table.definition.name);
  }
  if (names.empty()) return {};
  MIQ_ASSIGN(const std::unique_ptr<Source> source, OpenSource(ends_.target_url, OptionsFor(plan_, "", context_)));
  const Result<HeldMoment> moment = source->HoldMoment(1, names);
  if (!moment && !moment.error().Is(codes::kConnPrivilege)) return std::unexpected(moment.error());
  for (RehearsedTable& table : tables_) {
    if (table.reads_target && !table.keys.empty()) {
      const Status read = moment ? ReadTable(*source, table) : Status(std::unexpected(moment.error()));
      if (!read && !read.error().Is(codes::kConnPrivilege)) return read;
      if (!read) LeaveUnread(table, read.error());
    }
    MIQ_TRY(Finish(table));
  }
  return {};
}

/// What may not be read cannot be compared: a run that only adds rows needs no right to read them.
void ConstraintRehearsal::LeaveUnread(RehearsedTable& table, const Error& error) {
  table.unread = true;
  const TableName& full = table.definition.name;
  const std::string name = full.schema == ends_.default_schema ? full.name : full.ToString();
  notes_.push_back("not predicted: what the rows that " + name + " has already will refuse: " + error.message);
}

Status ConstraintRehearsal::ReadTable(Source& source, RehearsedTable& table) {
  const SchemaPtr schema = SchemaToRead(table);
  ReadRequest request{.table = &table.definition, .sql = "", .columns = {}, .where = ""};
  for (const Field& field : schema->fields) request.columns.push_back(field.name);
  MIQ_ASSIGN(const std::unique_ptr<KeyProbe> probe, KeyProbe::Make(table.Probed(), schema, *oracle_, run_start_));
  std::mutex mutex;
  return VisitRows({source, 1, mutex, context_.stop}, request, schema, {},
                   [&](int, const Batch& batch) { return probe->Add(batch, kExistingRow); });
}

/// False when the row was refused already, by another key.
bool ConstraintRehearsal::Refuse(RehearsedTable& table, uint64_t row, TableReport& report) {
  if (table.refused.empty()) table.refused.resize(table.rows);
  if (table.refused[row]) return false;
  table.refused[row] = true;
  ++report.rows_quarantined;
  --report.rows_written;
  return true;
}

Status ConstraintRehearsal::Count(const RehearsedKey& key, const KeyRecord& record, Found& found) const {
  ++found.count;
  found.alike = found.last.SameKey(record) ? found.alike + 1 : 0;
  found.last = record;
  if (found.samples.size() >= kMaxSamples || found.alike > kMostAlike) return {};
  MIQ_ASSIGN(std::string text, key.probed.set->Text(record));
  if (std::ranges::find(found.samples, text) == found.samples.end()) found.samples.push_back(std::move(text));
  return {};
}

/// Of new rows with one key the first stands, unless the target has the key already.
Status ConstraintRehearsal::FindDuplicates(RehearsedTable& table, const RehearsedKey& key, TableReport& report) {
  MIQ_ASSIGN(KeySet::Cursor cursor, key.probed.set->Open());
  Found found;
  std::optional<KeyRecord> first;  // of the key at hand; its row is not yet judged
  bool taken = false;
  const auto refuse = [&](const KeyRecord& record) -> Status {
    if (!key.deferred) Refuse(table, record.row, report);
    return Count(key, record, found);
  };
  while (true) {
    MIQ_ASSIGN(const KeyRecord* next, cursor.Next());
    if (next == nullptr) break;
    if (!first || !first->SameKey(*next)) {
      first = *next;
      taken = next->row == kExistingRow;
      continue;
    }
    if (next->row != kExistingRow) {
      MIQ_TRY(refuse(*next));
    } else if (!taken) {
      taken = true;
      MIQ_TRY(refuse(*first));
    }
  }
  if (found.count > 0) ReportDuplicates(table, key, std::move(found), report);
  return {};
}

void ConstraintRehearsal::ReportDuplicates(RehearsedTable& table, const RehearsedKey& key, Found found,
                                           TableReport& report) const {
  report.rejected.push_back({.column = key.columns,
                             .reason = std::string(codes::kDataRefused.code) + " duplicate: " + key.title,
                             .count = found.count,
                             .warning = false,
                             .samples = std::move(found.samples)});
  if (!key.deferred) return;
  table.notes.push_back(key.title + " (" + key.columns +
                        ") is made after the rows are loaded: the run would load the duplicates, fail to make the key "
                        "and end as failed");
}

Status ConstraintRehearsal::FindOrphans(RehearsedTable& table, const RehearsedKey& key, RunReport& report,
                                        TableReport& one) {
  MIQ_ASSIGN(KeySet::Cursor children, key.probed.set->Open());
  MIQ_ASSIGN(KeySet::Cursor parents, key.parent->probed.set->Open());
  MIQ_ASSIGN(const KeyRecord* parent, parents.Next());
  const OrphanRow policy = plan_.on.orphan_row;
  Found found;
  while (true) {
    MIQ_ASSIGN(const KeyRecord* child, children.Next());
    if (child == nullptr) break;
    const auto before = [](const KeyRecord& a, const KeyRecord& b) {
      return std::pair(a.high, a.low) < std::pair(b.high, b.low);
    };
    while (parent != nullptr && before(*parent, *child)) { MIQ_ASSIGN(parent, parents.Next()); }
    const bool refused = child->row != kExistingRow && !table.refused.empty() && table.refused[child->row];
    if ((parent != nullptr && parent->SameKey(*child)) || child->row == kExistingRow || refused) continue;
    if (policy == OrphanRow::kQuarantine) Refuse(table, child->row, one);
    MIQ_TRY(Count(key, *child, found));
  }
  if (found.count == 0) return {};
  one.rejected.push_back({.column = key.columns,
                          .reason = std::string(codes::kDataOrphan.code) + " orphan: " + key.title,
                          .count = found.count,
                          .warning = policy == OrphanRow::kReport,
                          .samples = std::move(found.samples)});
  if (policy != OrphanRow::kError) return {};
  report.errors.push_back(Error(codes::kDataOrphan, std::to_string(found.count) + " rows of " + one.target +
                                                        " would have no parent (" + key.title + ")")
                              .Table(one.target)
                              .Column(key.columns));
  report.status = RunResult::kFailed;
  return {};
}

/// Parents of which some are not known: that a child has none among the others says nothing.
bool ConstraintRehearsal::IsUnread(const RehearsedKey& parent) const {
  return std::ranges::any_of(tables_, [&](const RehearsedTable& table) {
    return table.unread && std::ranges::any_of(table.keys, [&](const RehearsedKey& key) { return &key == &parent; });
  });
}

Status ConstraintRehearsal::Judge(RunReport& report) {
  using Use = RehearsedKey::Use;
  MIQ_TRY(ReadTarget());
  for (size_t index = 0; index < report.tables.size(); ++index) {
    for (const RehearsedKey& key : tables_[index].keys) {
      if (key.use == Use::kUnique) MIQ_TRY(FindDuplicates(tables_[index], key, report.tables[index]));
    }
  }
  for (size_t index = 0; index < report.tables.size(); ++index) {
    RehearsedTable& table = tables_[index];
    for (const RehearsedKey& key : table.keys) {
      if (key.use == Use::kChild && !IsUnread(*key.parent))
        MIQ_TRY(FindOrphans(table, key, report, report.tables[index]));
    }
    report.tables[index].notes.insert(report.tables[index].notes.end(), table.notes.begin(), table.notes.end());
  }
  report.notes.insert(report.notes.end(), notes_.begin(), notes_.end());
  return {};
}

}  // namespace migrateiq
