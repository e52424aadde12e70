#pragma once

#include <libpq-fe.h>

#include <string>
#include <vector>

#include "platform/store/store.hpp"

namespace migrateiq::store::detail {

/// The type to declare for a parameter with this value. 0 for a NULL of no known kind: PostgreSQL then guesses by the
/// place.
Oid TypeFor(const Value& value);
/// Can the value be sent to a parameter of this type?
bool Fits(const Value& value, Oid type);
/// Are results of this type understood in binary form?
bool KnownInBinary(Oid type);

/// Parameters as libpq wants them. The values must outlive it.
class Parameters {
 public:
  explicit Parameters(const std::vector<Value>& values);
  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* pointers() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void Add(const char* bytes, size_t size, int format);
  std::vector<std::string> texts_;  ///< numbers as text
  std::vector<const char*> pointers_;
  std::vector<int> lengths_, formats_;
};

/// All rows of a result, in binary or text form.
Rows RowsOf(const PGresult* result);

}  // namespace migrateiq::store::detail
