#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::sqlite {

/// Steps through a SELECT on a connection that its Source keeps, and appends the values straight to the columns.
class SqliteReader final : public Reader {
 public:
  /// How one storage class of value becomes one kind of column; returns the bytes appended.
  using Decoder = size_t (*)(SqliteReader&, sqlite3_value* value, int column);

  SqliteReader(Statement statement, SchemaPtr schema, std::string place, bool utf8);

  const SchemaPtr& schema() const override { return schema_; }
  Result<bool> Next(Batch& batch) override;

  // For the decoders.
  Column& column(int index) { return batch_->columns[static_cast<size_t>(index)]; }
  /// The text of a value of class TEXT; valid until the next step.
  std::string_view Text(sqlite3_value* value) const;
  static std::string_view Blob(sqlite3_value* value);
  /// NULL in the column, and why.
  size_t Report(sqlite3_value* value, int column, FindingKind kind);
  std::string& scratch() { return scratch_; }

 private:
  size_t AppendRow();

  Statement statement_;
  SchemaPtr schema_;
  std::vector<Decoder> decoders_;
  std::string place_;
  bool utf8_;  ///< the file's encoding; else SQLite converts
  bool done_ = false;
  Batch* batch_ = nullptr;
  std::string scratch_;
};

/// The decoder for columns of a kind.
SqliteReader::Decoder DecoderFor(TypeKind kind);

}  // namespace migrateiq::sqlite
