#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/schema/catalog.hpp"

namespace migrateiq::mysql {

/// How a key column's values are fetched and written back, so that the server itself decides order and equality.
enum class KeyForm : uint8_t {
  kNumber,   ///< integers and decimals: as they are
  kQuoted,   ///< dates, times, uuid: quoted text
  kText,     ///< HEX of the stored bytes, given back with the column's own character set and collation
  kBytes,    ///< HEX
  kOrdinal,  ///< enum, set and bit: by number, as their index is ordered
};

struct KeyColumn {
  std::string name;
  KeyForm form = KeyForm::kNumber;
  bool integer = false;
  std::string charset, collation;  ///< kText; as the server says
};

/// One value for each key column, as fetched by KeySelect.
using KeyValue = std::vector<std::string>;

/// A key that can be walked: all columns NOT NULL, whole, ascending, of types whose order is exact. Primary key first,
/// then unique indexes. Empty when there is none. Character sets are left to be filled in.
std::vector<KeyColumn> ChooseKey(const Table& table);

/// "`a`, HEX(`b`)".
std::string KeySelect(const std::vector<KeyColumn>& key);
/// "`a`, `b`".
std::string KeyOrder(const std::vector<KeyColumn>& key);
/// key >= value, or key < value, written out column by column so that the index is used (a row comparison is not).
std::string KeyAtLeast(const std::vector<KeyColumn>& key, const KeyValue& value);
std::string KeyBelow(const std::vector<KeyColumn>& key, const KeyValue& value);
/// The predicate of a half-open range; a missing bound is open. "" for everything.
std::string KeyRange(const std::vector<KeyColumn>& key, const std::optional<KeyValue>& from,
                     const std::optional<KeyValue>& to);

}  // namespace migrateiq::mysql
