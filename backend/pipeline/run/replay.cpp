#include <algorithm>
#include <boost/json.hpp>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/row_pipeline.hpp"
#include "pipeline/transform/cast.hpp"

namespace migrateiq {

namespace {

std::string FromHex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

/// One value of the quarantined row, of the source column's type again; what does not fit becomes a finding.
void AppendOriginal(const boost::json::value* value, const Field& field, int32_t column, Batch& batch) {
  Column text(LogicalType::String());
  const bool binary = field.type.kind == TypeKind::kBytes || field.type.kind == TypeKind::kGeometry;
  if (value == nullptr || value->is_null()) {
    text.AppendNull();
  } else {
    const std::string original(value->as_string());
    text.AppendBytes(binary && original.starts_with("\\x") ? FromHex(std::string_view(original).substr(2)) : original);
  }
  batch.columns.push_back(CastColumn(std::move(text), field.type, {}, column, batch.findings));
}

Result<Batch> RebuildRow(const QuarantinedRow& row, const SchemaPtr& schema) {
  Batch batch;
  batch.schema = schema;
  batch.rows = 1;
  try {
    const boost::json::value original = boost::json::parse(row.values());
    for (size_t c = 0; c < schema->fields.size(); ++c) {
      AppendOriginal(original.as_object().if_contains(schema->fields[c].name), schema->fields[c],
                     static_cast<int32_t>(c), batch);
    }
  } catch (const std::exception& error) {
    return Fail(codes::kStateQuery, std::string("a quarantined row cannot be read: ") + error.what());
  }
  return batch;
}

/// A line that could not be cut into its columns has no values to write until they are given.
bool IsWholeRow(const QuarantinedRow& row) {
  const std::string begin = "{" + JsonQuoted(kWholeRow) + ":";
  return row.column.empty() && row.original.starts_with(begin) && row.values() == row.original;
}

SchemaPtr SourceSchema(const TableTask& task) {
  auto schema = std::make_shared<Schema>();
  for (const std::string& name : task.read_columns) {
    const CatalogColumn* column = task.source.Find(name);
    schema->fields.push_back({name, column->type, column->nullable});
  }
  return schema;
}

class Replayer {
 public:
  Replayer(const Plan& plan, std::string run_id, EngineContext& context, Target& target, const ResolvedPlan& resolved)
      : plan_(plan), run_id_(std::move(run_id)), context_(context), target_(target), resolved_(resolved) {}

  Status Replay(const QuarantinedRow& row, ReplayResult& result) {
    const auto task = std::ranges::find(resolved_.tables, row.table, &TableTask::target_label);
    if (task == resolved_.tables.end())
      return Fail(Error(codes::kSchemaMissing, "the plan no longer writes '" + row.table + "'").Table(row.table));
    if (IsWholeRow(row)) return StillRefused(row, row.reason, result);
    const bool orphan = row.chunk.starts_with("orphans:");
    const SchemaPtr schema = orphan ? task->transform.target : SourceSchema(*task);
    MIQ_ASSIGN(Batch in, RebuildRow(row, schema));
    Tally tally;
    Packet packet;
    if (orphan) {
      packet.batch = std::move(in);
    } else {
      MIQ_ASSIGN(const std::unique_ptr<RowPipeline> pipeline, RowPipeline::Make(*task, plan_.on, schema));
      MIQ_ASSIGN(packet, pipeline->Process(in, tally));
    }
    if (packet.batch.rows == 0)
      return StillRefused(row, packet.rejected.empty() ? row.reason : packet.rejected.front().reason, result);
    const Status written = Write(*task, row, packet.batch, tally);
    if (!written && written.error().Is(codes::kDataRefused)) return StillRefused(row, written.error().message, result);
    MIQ_TRY(written);
    ++result.replayed;
    return context_.store.SetQuarantineState(row.id, "replayed");
  }

 private:
  static Status StillRefused(const QuarantinedRow& row, const std::string& reason, ReplayResult& result) {
    ++result.still_refused;
    result.refused.push_back(row);
    result.refused.back().reason = reason;
    return {};
  }

  /// A chunk of its own in the ledger, so that a replay that dies half-way is never doubled.
  Status Write(const TableTask& task, const QuarantinedRow& row, const Batch& batch, const Tally& tally) {
    const Table definition = task.LoadTable();
    WriteRequest request{.table = &definition, .schema = task.transform.target, .key = {}};
    if (task.fate == TableFate::kUpsert) {
      request.mode = WriteMode::kUpsert;
      request.key = task.key;
    }
    MIQ_ASSIGN(const std::unique_ptr<Writer> writer, target_.OpenWriter(request));
    LedgerLine line{.key = {run_id_, task.target_label, "replay:" + std::to_string(row.id)}};
    MIQ_ASSIGN(const bool begun, writer->Begin(line.key));
    RowEncoder encoder;
    AddToDigest(batch, encoder, line.digest);
    if (!begun) return NoteIfDifferent(row, line);
    MIQ_TRY(writer->SetAtomic(true));
    MIQ_TRY(writer->Write(batch));
    line.rows_written = 1;
    line.rows_quarantined = -1;
    line.details = TallyDetails(tally);
    return writer->Commit(line);
  }

  /// A replay that died after it wrote the row: what was edited since then has not arrived.
  Status NoteIfDifferent(const QuarantinedRow& row, const LedgerLine& line) {
    MIQ_ASSIGN(const std::vector<LedgerLine> ledger, target_.ReadLedger(run_id_));
    const auto written = std::ranges::find_if(ledger, [&](const LedgerLine& known) {
      return known.key.table == line.key.table && known.key.chunk == line.key.chunk;
    });
    if (written == ledger.end() || written->digest == line.digest) return {};
    context_.observer.OnEvent("warning", "row " + std::to_string(row.id) + " of " + row.table +
                                             " was written by an earlier replay, with other values than it has now; "
                                             "correct it in the target");
    return {};
  }

  const Plan& plan_;
  std::string run_id_;
  EngineContext& context_;
  Target& target_;
  const ResolvedPlan& resolved_;
};

}  // namespace

Result<ReplayResult> ReplayQuarantine(const Plan& plan, const std::string& run_id, const std::vector<int64_t>& ids,
                                      EngineContext& context) {
  const OpenOptions options = OptionsFor(plan, run_id, context);
  MIQ_ASSIGN(const Ends ends, OpenEnds(plan, context, options, kLookOfRun));
  MIQ_ASSIGN(const std::optional<std::string> start, context.store.GetFact(run_id, "run_start"));
  MIQ_ASSIGN(const ResolvedPlan resolved,
             ResolvePlan(plan, ends, ResolveFor::kCompare, start ? std::stoll(*start) : 0));
  MIQ_ASSIGN(const std::unique_ptr<Target> target, OpenTarget(ends.target_url, options));
  MIQ_TRY(target->Prepare());
  MIQ_ASSIGN(const std::vector<QuarantinedRow> rows, context.store.ListQuarantine(run_id));
  Replayer replayer(plan, run_id, context, *target, resolved);
  ReplayResult result;
  for (const QuarantinedRow& row : rows) {
    const bool wanted = ids.empty() || std::ranges::find(ids, row.id) != ids.end();
    if (wanted && row.state == "open") MIQ_TRY(replayer.Replay(row, result));
  }
  return result;
}

}  // namespace migrateiq
