#include "pipeline/run/chunk_loader.hpp"

#include <algorithm>
#include <thread>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/run/bounded_queue.hpp"

namespace migrateiq {

namespace {

constexpr size_t kQueueDepth = 3;
constexpr int kMostAttempts = 4;

std::unexpected<Error> StoppedReading(const ChunkJob& job) {
  return Fail(codes::kRunInterrupted, "stopped while reading " + job.key.table);
}

bool IsRelay(const TableTask& task, const Reader& reader) { return task.moves_only && !reader.raw_format().empty(); }

/// Waits a little longer each time; false when the run is being stopped.
bool Backoff(int attempt, const std::stop_token& stop) {
  std::mutex sleeping;
  std::unique_lock lock(sleeping);
  std::condition_variable_any().wait_for(lock, stop, std::chrono::milliseconds(200 << (2 * attempt)),
                                         [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

struct ChunkLoader::Pass {
  Tally tally;
  Digest digest;
  RowEncoder encoder;
  std::vector<QuarantinedRow> quarantine;
  std::unique_ptr<Reader> reader;
  RowPipeline* pipeline = nullptr;
  Writer* writer = nullptr;
  bool relay = false;
  BoundedQueue<Packet> queue{kQueueDepth};
  Status produced;
  int64_t rows_shown = 0, bytes_shown = 0;  ///< given to the progress display, to be taken back when the pass fails

  LedgerLine Line(const ChunkKey& key) const {
    return {.key = key,
            .rows_read = tally.rows_read,
            .rows_written = static_cast<int64_t>(digest.rows),
            .rows_quarantined = tally.rows_quarantined,
            .rows_filtered = tally.rows_filtered,
            .bytes = tally.bytes,
            .digest = digest,
            .details = TallyDetails(tally)};
  }
};

Result<std::unique_ptr<Reader>> ChunkLoader::OpenReader(const ChunkJob& job) {
  const std::lock_guard lock(shared_.open_mutex);
  return shared_.source.OpenReader(shared_.tasks[job.table].Request(), job.split, slot_);
}

Result<RowPipeline*> ChunkLoader::PipelineFor(const ChunkJob& job, const Reader& reader) {
  auto& pipeline = pipelines_[job.table];
  if (!pipeline) { MIQ_ASSIGN(pipeline, RowPipeline::Make(shared_.tasks[job.table], shared_.on, reader.schema())); }
  return pipeline.get();
}

Result<Writer*> ChunkLoader::WriterFor(const ChunkJob& job, const std::string& raw_format) {
  if (writer_ && writer_table_ == job.table && writer_format_ == raw_format) return writer_.get();
  writer_.reset();
  const TableTask& task = shared_.tasks[job.table];
  writer_definition_ = task.LoadTable();
  WriteRequest request{.table = &writer_definition_, .schema = task.transform.target, .key = {}};
  request.mode = task.fate == TableFate::kUpsert ? WriteMode::kUpsert : WriteMode::kInsert;
  if (request.mode == WriteMode::kUpsert) request.key = task.key;
  request.fresh =
      job.only_chunk && (task.fate == TableFate::kReplace || (task.fate == TableFate::kCreate && !task.exists));
  request.raw_format = raw_format;
  request.fence = shared_.fence;
  const std::lock_guard lock(shared_.open_mutex);
  MIQ_ASSIGN(writer_, shared_.target.OpenWriter(request));
  writer_table_ = job.table;
  writer_format_ = raw_format;
  const LoadNotes notes = writer_->notes();
  foreign_keys_bypassed_ |= notes.foreign_keys_bypassed;
  warnings_.insert(warnings_.end(), notes.warnings.begin(), notes.warnings.end());
  return writer_.get();
}

std::vector<std::string> ChunkLoader::TakeWarnings() { return std::exchange(warnings_, {}); }

Status ChunkLoader::Load(const ChunkJob& job) {
  bool atomic = false;
  for (int attempt = 0;; ++attempt) {
    Status loaded = LoadOnce(job, atomic);
    if (loaded) return loaded;
    writer_.reset();
    const Error& error = loaded.error();
    if (shared_.stop.stop_requested()) return loaded;
    const bool refused = error.Is(codes::kDataRefused) && !atomic;
    const bool again = error.retryable && attempt + 1 < kMostAttempts && Backoff(attempt, shared_.stop);
    if (!refused && !again) return loaded;
    atomic |= refused;
    shared_.progress.Event("warning", error.message + (refused ? ": looking for the refused rows" : ": trying again"));
  }
}

Status ChunkLoader::LoadOnce(const ChunkJob& job, bool atomic) {
  Pass pass;
  MIQ_ASSIGN(pass.reader, OpenReader(job));
  MIQ_ASSIGN(pass.pipeline, PipelineFor(job, *pass.reader));
  pass.relay = !atomic && IsRelay(shared_.tasks[job.table], *pass.reader);
  MIQ_ASSIGN(pass.writer, OpenWriterFor(job, pass));
  MIQ_ASSIGN(const bool begun, pass.writer->Begin(job.key));
  if (!begun) return {};
  Status written = atomic ? WriteAtomically(job, pass) : Stream(job, pass);
  if (written) written = Finish(job, pass);
  if (written) return written;
  pass.writer->Abort();
  shared_.progress.TakeBackRows(job.table, pass.rows_shown, pass.bytes_shown);
  shared_.rejected -= static_cast<int64_t>(pass.quarantine.size());
  // The rows that made the run fail can be looked at; repeating the chunk replaces them.
  if (written.error().Is(codes::kDataTooManyErrors)) MIQ_TRY(KeepQuarantine(job, pass));
  return written;
}

/// A target whose column types differ from the source's cannot take the tuples as they are: then they are decoded.
Result<Writer*> ChunkLoader::OpenWriterFor(const ChunkJob& job, Pass& pass) {
  if (!pass.relay) return WriterFor(job, "");
  auto writer = WriterFor(job, pass.reader->raw_format());
  if (writer || !writer.error().Is(codes::kSchemaUnsupported)) return writer;
  pass.relay = false;
  return WriterFor(job, "");
}

Status ChunkLoader::KeepQuarantine(const ChunkJob& job, Pass& pass) {
  for (QuarantinedRow& row : pass.quarantine) row.chunk = job.key.chunk;
  return pass.quarantine.empty() ? Status{} : shared_.store.PutQuarantine(job.key, pass.quarantine);
}

Status ChunkLoader::CountRejected(const std::vector<QuarantinedRow>& rows, Pass& pass) {
  if (rows.empty()) return {};
  pass.quarantine.insert(pass.quarantine.end(), rows.begin(), rows.end());
  const auto count = static_cast<int64_t>(rows.size());
  shared_.progress.AddRejected(count);
  if (shared_.rejected.fetch_add(count) + count <= shared_.on.max_row_errors) return {};
  return Fail(Error(codes::kDataTooManyErrors, "more than " + std::to_string(shared_.on.max_row_errors) +
                                                   " rows rejected; the last: " + rows.back().reason)
                  .Table(rows.back().table)
                  .Column(rows.back().column));
}

/// The reading thread: reader -> transform -> check -> digest -> queue.
void ChunkLoader::Produce(const ChunkJob& job, Pass& pass) {
  Batch in;
  while (!shared_.stop.stop_requested()) {
    Packet packet;
    const Result<bool> more = pass.relay ? pass.reader->NextRaw(packet.raw, pass.digest) : pass.reader->Next(in);
    if (!more || !*more) {
      if (!more) pass.produced = std::unexpected(more.error());
      break;
    }
    if (pass.relay) {
      pass.tally.rows_read += packet.raw.rows;
      pass.tally.bytes += static_cast<int64_t>(packet.raw.bytes.size());
      packet.rows_read = packet.raw.rows;
    } else {
      pass.tally.bytes += static_cast<int64_t>(in.ByteSize());
      auto processed = pass.pipeline->Process(in, pass.tally);
      if (!processed) {
        pass.produced = std::unexpected(std::move(processed).error());
        break;
      }
      packet = std::move(*processed);
      AddToDigest(packet.batch, pass.encoder, pass.digest);
    }
    shared_.limiter.Pass(packet.rows_read, 0, shared_.stop);
    if (!pass.queue.Push(std::move(packet))) return;
  }
  if (shared_.stop.stop_requested() && pass.produced) pass.produced = StoppedReading(job);
  pass.queue.Finish();
}

Status ChunkLoader::Stream(const ChunkJob& job, Pass& pass) {
  std::jthread producer([&] { Produce(job, pass); });
  Status written;
  while (auto packet = pass.queue.Pop()) {
    if (written) written = CountRejected(packet->rejected, pass);
    if (written && pass.relay)
      written = pass.writer->WriteRaw(packet->raw);
    else if (written && packet->batch.rows > 0)
      written = pass.writer->Write(packet->batch);
    if (!written) {
      pass.queue.Close();
      break;
    }
    const auto bytes = static_cast<int64_t>(pass.relay ? packet->raw.bytes.size() : packet->batch.ByteSize());
    shared_.limiter.Pass(0, bytes, shared_.stop);
    pass.rows_shown += packet->rows_read;
    pass.bytes_shown += bytes;
    shared_.progress.AddRows(job.table, packet->rows_read, bytes);
  }
  producer.join();
  if (!written) return written;
  return pass.produced;
}

Status ChunkLoader::WriteAtomically(const ChunkJob& job, Pass& pass) {
  MIQ_TRY(pass.writer->SetAtomic(true));
  Batch in;
  while (true) {
    if (shared_.stop.stop_requested()) return StoppedReading(job);
    MIQ_ASSIGN(const bool more, pass.reader->Next(in));
    if (!more) return {};
    pass.tally.bytes += static_cast<int64_t>(in.ByteSize());
    const Batch original = in.Slice(0, in.rows);
    MIQ_ASSIGN(Packet packet, pass.pipeline->Process(in, pass.tally));
    MIQ_TRY(CountRejected(packet.rejected, pass));
    if (packet.batch.rows > 0) MIQ_TRY(WriteBisecting(packet, original, 0, packet.batch.rows, pass));
    pass.rows_shown += packet.rows_read;
    shared_.progress.AddRows(job.table, packet.rows_read, 0);
  }
}

/// Writes rows [begin, begin+count); halves them until the refused rows stand alone.
Status ChunkLoader::WriteBisecting(const Packet& packet, const Batch& original, int64_t begin, int64_t count,
                                   Pass& pass) {
  const Batch slice = packet.batch.Slice(begin, count);
  const Status written = pass.writer->Write(slice);
  if (written) {
    AddToDigest(slice, pass.encoder, pass.digest);
    return {};
  }
  if (!written.error().Is(codes::kDataRefused)) return written;
  if (count > 1) {
    MIQ_TRY(WriteBisecting(packet, original, begin, count / 2, pass));
    return WriteBisecting(packet, original, begin + count / 2, count - count / 2, pass);
  }
  MIQ_ASSIGN(const Rejection rejection, pass.pipeline->policy().JudgeRefused(0, written.error(), pass.tally));
  ++pass.tally.rows_quarantined;
  QuarantinedRow row{.table = shared_.tasks[writer_table_].target_label,
                     .code = std::string(rejection.code->code),
                     .column = rejection.column,
                     .reason = rejection.reason};
  row.original = RowJson(original, packet.source_rows.empty() ? begin : packet.source_rows[static_cast<size_t>(begin)]);
  return CountRejected({row}, pass);
}

Status ChunkLoader::Finish(const ChunkJob& job, Pass& pass) {
  MIQ_TRY(KeepQuarantine(job, pass));
  LedgerLine line = pass.Line(job.key);
  MIQ_TRY(pass.writer->Commit(line));
  committed_ = std::move(line);
  return {};
}

Result<LedgerLine> ChunkLoader::Measure(const ChunkJob& job) {
  Pass pass;
  MIQ_ASSIGN(pass.reader, OpenReader(job));
  MIQ_ASSIGN(pass.pipeline, PipelineFor(job, *pass.reader));
  Batch in;
  while (true) {
    if (shared_.stop.stop_requested()) return StoppedReading(job);
    MIQ_ASSIGN(const bool more, pass.reader->Next(in));
    if (!more) break;
    pass.tally.bytes += static_cast<int64_t>(in.ByteSize());
    MIQ_ASSIGN(const Packet packet, pass.pipeline->Process(in, pass.tally));
    AddToDigest(packet.batch, pass.encoder, pass.digest);
    shared_.progress.AddRows(job.table, packet.rows_read, static_cast<int64_t>(packet.batch.ByteSize()));
    shared_.progress.AddRejected(static_cast<int64_t>(packet.rejected.size()));
  }
  return pass.Line(job.key);
}

}  // namespace migrateiq
