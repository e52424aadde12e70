#pragma once

#include "pipeline/semantic/detail/value.hpp"

/// One check for each kind of kinds.def. It is asked only about values whose form and length fit; Digits and Alnum
/// forms have their characters in `compact`.
namespace migrateiq::detail::check {

#define MIQ_SEMANTIC_KIND(id, group, sensitivity, trust, chance, form, shortest, longest, function, ...) \
  Fit function(const Value& value);
#include "pipeline/semantic/kinds.def"
#undef MIQ_SEMANTIC_KIND

/// What a check digit decides alone.
inline Fit StrongIf(bool passes) { return passes ? Fit::kStrong : Fit::kWeak; }
inline Fit StrongOrNo(bool passes) { return passes ? Fit::kStrong : Fit::kNo; }
inline Fit WeakIf(bool passes) { return passes ? Fit::kWeak : Fit::kNo; }

}  // namespace migrateiq::detail::check
