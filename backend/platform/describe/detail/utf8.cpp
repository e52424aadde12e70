#include "platform/describe/detail/utf8.hpp"

namespace migrateiq::detail {

namespace {

unsigned char ByteAt(std::string_view text, size_t at) { return static_cast<unsigned char>(text[at]); }

size_t LengthByLead(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

bool SecondByteFits(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0: return second >= 0xA0;
    case 0xED: return second < 0xA0;
    case 0xF0: return second >= 0x90;
    case 0xF4: return second < 0x90;
    default: return true;
  }
}

/// Length of the well-formed character at `at`; 0 for none.
size_t CharacterLength(std::string_view text, size_t at) {
  const size_t length = LengthByLead(ByteAt(text, at));
  if (length == 0 || at + length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((ByteAt(text, at + i) & 0xC0) != 0x80) return 0;
  }
  return length == 1 || SecondByteFits(ByteAt(text, at), ByteAt(text, at + 1)) ? length : 0;
}

bool IsControl(std::string_view text, size_t at) {
  const unsigned char byte = ByteAt(text, at);
  if (byte == 0xC2 && at + 1 < text.size()) return ByteAt(text, at + 1) < 0xA0;
  return byte == 0x7F || (byte < 0x20 && byte != '\t' && byte != '\n');
}

}  // namespace

std::optional<size_t> CountCharacters(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); ++count) {
    const size_t length = CharacterLength(text, at);
    if (length == 0) return std::nullopt;
    at += length;
  }
  return count;
}

bool HasControlCharacter(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (IsControl(text, at)) return true;
  }
  return false;
}

}  // namespace migrateiq::detail
