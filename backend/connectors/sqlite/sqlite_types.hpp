#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/type.hpp"

/// Declared types: SQLite takes any words as a type and derives an affinity from them; people mean the words.
namespace migrateiq::sqlite {

enum class Affinity : uint8_t { kInteger, kText, kBlob, kReal, kNumeric };
/// SQLite's own five rules.
Affinity AffinityOf(std::string_view declared);

/// The type its words mean, or nullopt when they mean nothing beyond an affinity of NUMERIC.
std::optional<LogicalType> KnownType(std::string_view declared);
/// By name, else by affinity.
LogicalType TypeOfDeclared(std::string_view declared);
/// No type, or ANY: the values alone tell.
bool IsTypeless(std::string_view declared);

struct NativeType {
  std::string native;
  std::string note;
};
/// The declared type under which every value of `type` survives; KnownType(native) says how it is read back.
NativeType NativeFor(const LogicalType& type);

}  // namespace migrateiq::sqlite
