#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/store/postgres_errors.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::store::detail {

/// One connection to PostgreSQL, with its prepared statements and the scope it is set to. Used from one thread at a
/// time.
///
/// The scope and BEGIN are not sent by themselves but together with the first statement, so that a piece of work that
/// reads once costs one round trip whoever it is for.
class PostgresConnection {
 public:
  /// Errors: kStateOpen, retryable when the server may come back.
  static Result<std::unique_ptr<PostgresConnection>> Open(const std::string& url);

  /// Before each piece of work: whose rows it sees.
  void Use(const Scope& scope);
  /// Is it set to this scope already?
  bool IsSetTo(const Scope& scope) const;
  void Begin() { begin_due_ = true; }
  Status Commit();
  void Rollback();

  Result<Rows> Query(std::string_view sql, const std::vector<Value>& parameters);
  Result<int64_t> Execute(std::string_view sql, const std::vector<Value>& parameters);
  Status RunScript(const std::string& sql);

  /// For the first failure since Use; kNone while there was none.
  Remedy remedy() const { return remedy_; }
  /// COMMIT was sent and its answer never came: repeating could do the work twice.
  bool in_doubt() const { return in_doubt_; }
  bool lost() const { return PQstatus(connection_.get()) != CONNECTION_OK || remedy_ == Remedy::kReconnect; }
  /// Idle and in order, so that other work may use it.
  bool reusable() const;

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Answer = std::unique_ptr<PGresult, Clear>;
  struct Prepared {
    std::string name;
    std::vector<Oid> types;  ///< of the parameters
    bool binary = false;     ///< how results come
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  explicit PostgresConnection(PGconn* connection) : connection_(connection) {}
  Status SetUp();
  Result<const Prepared*> Prepare(std::string_view sql, const std::vector<Value>& parameters);
  Result<Prepared> PrepareAnew(const std::string& sql, const std::vector<Value>& parameters);
  Result<Answer> Run(std::string_view sql, const std::vector<Value>& parameters);
  Result<Answer> RunBehindPrefix(const Prepared& prepared, const std::vector<Value>& parameters);
  bool SendPrefix();
  Status ReadPrefix();
  Result<Answer> ReadOne();
  Status SendPrefixAlone();
  void LeavePipeline();
  Result<Answer> Checked(Answer answer);
  bool prefix_due() const { return begin_due_ || scope_ != wanted_scope_; }

  std::unique_ptr<PGconn, Finish> connection_;
  std::unordered_map<std::string, std::vector<std::unique_ptr<Prepared>>, Hash, std::equal_to<>> prepared_;
  size_t prepared_count_ = 0, next_name_ = 0;
  std::string scope_;         ///< what the server has; kUnknown when that is not certain
  std::string wanted_scope_;  ///< what the work needs
  bool begin_due_ = false, in_transaction_ = false, in_doubt_ = false;
  Remedy remedy_ = Remedy::kNone;
};

}  // namespace migrateiq::store::detail
