#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "pipeline/semantic/detail/value.hpp"
#include "pipeline/semantic/semantic.hpp"

namespace migrateiq::detail {

/// What values alone can show; see kinds.def.
enum class Trust : uint8_t { kProof, kCheck, kShared, kFormat, kHint, kWords, kName };

/// What a value must be made of before its check runs.
enum class Form : uint8_t { kDigits, kAlnum, kText };

/// A kind with what tells it.
struct KindRule {
  SemanticKind kind;
  Trust trust;
  double chance;
  Form form;
  uint32_t shortest;
  uint32_t longest;
  Fit (*check)(const Value&);
  std::string_view evidence;

  /// The check with the cheap tests before it.
  Fit Test(const Value& value) const;
  /// An identity number of one country: "de_steuer_id".
  bool IsNational() const { return kind.id.size() > 3 && kind.id[2] == '_'; }
};

std::span<const KindRule> Kinds();
/// Kinds().size() when there is none.
size_t IndexOfKind(std::string_view id);

}  // namespace migrateiq::detail
