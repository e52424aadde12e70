#pragma once

#include "pipeline/transform/detail/cast_sink.hpp"

namespace migrateiq::detail {

/// Any type to any other by its text form, with exactness checks for numeric sources.
void CastThroughText(const Column& in, CastSink& sink);

/// Bytes to text (must be UTF-8), uuid (16 bytes) or, by its text, anything else.
void CastFromBytes(const Column& in, CastSink& sink);

}  // namespace migrateiq::detail
