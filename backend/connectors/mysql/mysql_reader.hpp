#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/mysql/mysql_moment.hpp"
#include "connectors/mysql/text_values.hpp"

namespace migrateiq::mysql {

/// Streams the rows of one split from the socket straight into columns: nothing but the current batch is held.
class MysqlReader final : public Reader {
 public:
  /// `check_utf8`: the URL's charset makes the server send bytes that it does not vouch for.
  static Result<std::unique_ptr<Reader>> Open(SessionPtr session, const ReadRequest& request, const Table& described,
                                              const std::string& bounds, bool check_utf8);
  ~MysqlReader() override;

  const SchemaPtr& schema() const override { return schema_; }
  Result<bool> Next(Batch& batch) override;

 private:
  MysqlReader(SessionPtr session, SchemaPtr schema, bool check_utf8);
  void TakeRow(Batch& batch, char** row, const unsigned long* lengths);
  void Report(Batch& batch, size_t column, Decoded why, std::string_view value);

  SessionPtr session_;
  SchemaPtr schema_;
  std::vector<DecodeValue> decoders_;
  MYSQL_RES* result_ = nullptr;
  bool at_end_ = false;
  size_t bytes_ = 0;  ///< of the current batch
};

}  // namespace migrateiq::mysql
