#include "platform/store/postgres_connection.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/errors/run.hpp"
#include "platform/store/postgres_values.hpp"

namespace migrateiq::store::detail {

namespace {

constexpr size_t kPreparedStatements = 512;
constexpr const char* kSetScope = "migrateiq_scope";
constexpr std::string_view kUnknownScope = "?", kSystemScope = "*";

/// The policies compare `migrateiq.tenant` with tenant_id, and let '*' see all.
std::string ScopeText(const Scope& scope) {
  if (scope.system) return std::string(kSystemScope);
  const bool special = scope.tenant_id == kSystemScope || scope.tenant_id == kUnknownScope;
  return special ? std::string() : scope.tenant_id;
}

std::string Trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  return std::string(text);
}

std::string_view FieldOf(const PGresult* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

// Bad URLs are found before libpq would quote them, passwords included, in its message.
Status CheckUrl(const std::string& url) {
  char* message = nullptr;
  PQconninfoOption* options = PQconninfoParse(url.c_str(), &message);
  const bool valid = options != nullptr;
  PQconninfoFree(options);
  PQfreemem(message);
  if (valid) return {};
  return Fail(Error(codes::kStateOpen, "the store's URL cannot be understood")
                  .Fix("Write postgresql://user:password@host/database, with special characters percent-encoded."));
}

PGconn* Connect(const std::string& url) {
  // Those before dbname are defaults, which the URL may override; those behind it hold.
  constexpr std::array kNames{"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                              "keepalives_count", "tcp_user_timeout", "application_name",
                              "dbname",           "client_encoding",  static_cast<const char*>(nullptr)};
  const std::array kValues{
      "10", "30", "10", "3", "30000", "migrateiq", url.c_str(), "UTF8", static_cast<const char*>(nullptr)};
  return PQconnectdbParams(kNames.data(), kValues.data(), 1);
}

}  // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::Open(const std::string& url) {
  MIQ_TRY(CheckUrl(url));
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(Connect(url)));
  PQsetNoticeProcessor(
      connection->connection_.get(), [](void*, const char*) {}, nullptr);
  if (connection->lost()) {
    return Fail(Error(codes::kStateOpen, Trimmed(PQerrorMessage(connection->connection_.get())))
                    .Fix("Check the setting store.url and that PostgreSQL is running.")
                    .Retryable());
  }
  MIQ_TRY(connection->SetUp());
  return connection;
}

// Only transactions that say so may write, so that Read cannot. A hanging statement or transaction ends some day.
Status PostgresConnection::SetUp() {
  MIQ_TRY(
      RunScript("SET default_transaction_read_only = on; SET statement_timeout = '60s'; SET lock_timeout = '30s';"
                "SET idle_in_transaction_session_timeout = '60s'; SET standard_conforming_strings = on;"
                "SET bytea_output = 'hex'; SET jit = off"));
  MIQ_TRY(Checked(
      Answer(PQprepare(connection_.get(), kSetScope, "SELECT set_config('migrateiq.tenant', $1, false)", 0, nullptr))));
  scope_ = kUnknownScope;
  return {};
}

void PostgresConnection::Use(const Scope& scope) {
  wanted_scope_ = ScopeText(scope);
  remedy_ = Remedy::kNone;
  begin_due_ = false;
}

bool PostgresConnection::IsSetTo(const Scope& scope) const { return scope_ == ScopeText(scope); }

bool PostgresConnection::reusable() const {
  return !lost() && PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF &&
         PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
}

Result<PostgresConnection::Answer> PostgresConnection::Checked(Answer answer) {
  const ExecStatusType status = PQresultStatus(answer.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return answer;
  const std::string_view sqlstate = FieldOf(answer.get(), PG_DIAG_SQLSTATE);
  std::string message(FieldOf(answer.get(), PG_DIAG_MESSAGE_PRIMARY));
  if (message.empty()) message = Trimmed(PQerrorMessage(connection_.get()));
  if (remedy_ == Remedy::kNone) remedy_ = RemedyFor(sqlstate);
  if (RemedyFor(sqlstate) == Remedy::kForget) prepared_.clear();
  return Fail(ErrorFor(sqlstate, std::move(message)));
}

// --- prepared statements

Result<const PostgresConnection::Prepared*> PostgresConnection::Prepare(std::string_view sql,
                                                                        const std::vector<Value>& parameters) {
  const auto known = prepared_.find(sql);
  if (known != prepared_.end()) {
    for (const auto& prepared : known->second)
      if (std::ranges::equal(parameters, prepared->types, Fits)) return prepared.get();
  }
  if (prepared_count_ >= kPreparedStatements) {
    MIQ_TRY(Checked(Answer(PQexec(connection_.get(), "DEALLOCATE ALL"))));
    prepared_.clear();
    prepared_count_ = 0;
  }
  std::string text(sql);
  MIQ_ASSIGN(Prepared prepared, PrepareAnew(text, parameters));
  ++prepared_count_;
  return prepared_[std::move(text)].emplace_back(std::make_unique<Prepared>(std::move(prepared))).get();
}

Result<PostgresConnection::Prepared> PostgresConnection::PrepareAnew(const std::string& sql,
                                                                     const std::vector<Value>& parameters) {
  Prepared prepared{.name = "s" + std::to_string(++next_name_), .types = {}, .binary = true};
  std::ranges::transform(parameters, std::back_inserter(prepared.types), TypeFor);
  const int count = static_cast<int>(parameters.size());
  MIQ_TRY(
      Checked(Answer(PQprepare(connection_.get(), prepared.name.c_str(), sql.c_str(), count, prepared.types.data()))));
  MIQ_ASSIGN(const Answer description, Checked(Answer(PQdescribePrepared(connection_.get(), prepared.name.c_str()))));
  if (PQnparams(description.get()) != count) return Fail(codes::kStateQuery, "wrong number of parameters: " + sql);
  for (int index = 0; index < count; ++index)
    prepared.types[static_cast<size_t>(index)] = PQparamtype(description.get(), index);
  for (int column = 0; column < PQnfields(description.get()); ++column)
    prepared.binary = prepared.binary && KnownInBinary(PQftype(description.get(), column));
  return prepared;
}

// --- running

Result<PostgresConnection::Answer> PostgresConnection::Run(std::string_view sql, const std::vector<Value>& parameters) {
  MIQ_ASSIGN(const Prepared* prepared, Prepare(sql, parameters));
  if (prefix_due()) return RunBehindPrefix(*prepared, parameters);
  const Parameters sent(parameters);
  return Checked(Answer(PQexecPrepared(connection_.get(), prepared->name.c_str(), sent.count(), sent.pointers(),
                                       sent.lengths(), sent.formats(), prepared->binary ? 1 : 0)));
}

// One flush, one wait. When the prefix fails, the server skips the statement.
Result<PostgresConnection::Answer> PostgresConnection::RunBehindPrefix(const Prepared& prepared,
                                                                       const std::vector<Value>& parameters) {
  const Parameters sent(parameters);
  PGconn* connection = connection_.get();
  const bool done = PQenterPipelineMode(connection) == 1 && SendPrefix() &&
                    PQsendQueryPrepared(connection, prepared.name.c_str(), sent.count(), sent.pointers(),
                                        sent.lengths(), sent.formats(), prepared.binary ? 1 : 0) == 1 &&
                    PQpipelineSync(connection) == 1;
  if (!done) return Checked(nullptr);
  const Status prefix = ReadPrefix();
  Result<Answer> answer = ReadOne();
  LeavePipeline();
  if (!prefix) return Fail(prefix.error());
  return answer;
}

/// For scripts, which cannot go through a pipeline.
Status PostgresConnection::SendPrefixAlone() {
  if (!prefix_due()) return {};
  if (PQenterPipelineMode(connection_.get()) != 1 || !SendPrefix() || PQpipelineSync(connection_.get()) != 1) {
    MIQ_TRY(Checked(nullptr));
  }
  const Status prefix = ReadPrefix();
  LeavePipeline();
  return prefix;
}

// BEGIN first: nothing may come before READ WRITE.
bool PostgresConnection::SendPrefix() {
  PGconn* connection = connection_.get();
  const bool begun =
      !begin_due_ || PQsendQueryParams(connection, "BEGIN READ WRITE", 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
  const char* scope = wanted_scope_.c_str();
  return begun &&
         (scope_ == wanted_scope_ || PQsendQueryPrepared(connection, kSetScope, 1, &scope, nullptr, nullptr, 0) == 1);
}

Status PostgresConnection::ReadPrefix() {
  if (std::exchange(begin_due_, false)) {
    in_transaction_ = true;
    MIQ_TRY(ReadOne());
  }
  if (scope_ == wanted_scope_) return {};
  scope_ = kUnknownScope;
  MIQ_TRY(ReadOne());
  scope_ = wanted_scope_;
  return {};
}

/// The answer to one statement of a pipeline, and the mark behind it.
Result<PostgresConnection::Answer> PostgresConnection::ReadOne() {
  Answer answer(PQgetResult(connection_.get()));
  if (answer) Answer(PQgetResult(connection_.get()));  // null: the end of this statement's answers
  return Checked(std::move(answer));
}

void PostgresConnection::LeavePipeline() {
  while (!lost() && PQpipelineStatus(connection_.get()) != PQ_PIPELINE_OFF) {
    const Answer rest(PQgetResult(connection_.get()));
    const bool end = PQresultStatus(rest.get()) == PGRES_PIPELINE_SYNC;
    if (end && PQexitPipelineMode(connection_.get()) != 1) return;
  }
}

Result<Rows> PostgresConnection::Query(std::string_view sql, const std::vector<Value>& parameters) {
  Result<Answer> answer = Run(sql, parameters);
  if (answer) return RowsOf(answer->get());
  scope_ = kUnknownScope;
  return Fail(std::move(answer).error());
}

Result<int64_t> PostgresConnection::Execute(std::string_view sql, const std::vector<Value>& parameters) {
  Result<Answer> answer = Run(sql, parameters);
  if (answer) return std::strtoll(PQcmdTuples(answer->get()), nullptr, 10);
  scope_ = kUnknownScope;
  return Fail(std::move(answer).error());
}

Status PostgresConnection::RunScript(const std::string& sql) {
  MIQ_TRY(SendPrefixAlone());
  MIQ_TRY(Checked(Answer(PQexec(connection_.get(), sql.c_str()))));
  return {};
}

// --- transactions

Status PostgresConnection::Commit() {
  if (std::exchange(begin_due_, false)) return {};  // nothing was sent
  in_transaction_ = false;
  in_doubt_ = true;
  const Result<Answer> answer = Checked(Answer(PQexec(connection_.get(), "COMMIT")));
  in_doubt_ = !answer && lost();
  if (in_doubt_) {
    return Fail(Error(codes::kStateQuery, "the connection was lost at COMMIT: the change may or may not have been made")
                    .Retryable());
  }
  if (!answer) return Fail(answer.error());
  return {};
}

void PostgresConnection::Rollback() {
  begin_due_ = false;
  if (!std::exchange(in_transaction_, false)) return;
  scope_ = kUnknownScope;  // what was set inside went with it
  const Answer ended(PQexec(connection_.get(), "ROLLBACK"));
}

}  // namespace migrateiq::store::detail
