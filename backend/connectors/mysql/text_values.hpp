#pragma once

#include <string_view>

#include "pipeline/batch/column.hpp"

namespace migrateiq::mysql {

/// How a value of the text protocol fared.
enum class Decoded : uint8_t { kOk, kZeroDate, kOutOfRange, kWrongType, kEncoding };

/// Appends exactly one value to the column: the decoded one, or NULL when the result is not kOk.
using DecodeValue = Decoded (*)(std::string_view text, Column& column);

/// The decoder for what the server sends for a column of this type. Pure and thread-safe; never throws on any bytes.
/// `check_utf8` makes text decoders report bytes that are not UTF-8 (the server vouches for them otherwise).
DecodeValue DecoderFor(const LogicalType& type, bool check_utf8 = false);

/// MySQL's geometry (4 bytes SRID, then WKB) as EWKB, little endian. False when it is too short or not little endian.
bool GeometryToEwkb(std::string_view stored, Column& column);

}  // namespace migrateiq::mysql
