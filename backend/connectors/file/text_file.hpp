#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "pipeline/connector/files/io.hpp"

namespace migrateiq::file {

/// A text file as UTF-8 bytes at random offsets. UTF-8 (with or without byte order mark) is read in place; anything
/// else is transcoded once into an unnamed temporary file, because byte ranges need offsets that can be reached
/// directly. What cannot be decoded becomes the byte 0xFF, which no UTF-8 has: the reader reports it where it stands.
class TextFile {
 public:
  /// `encoding` is an ICU name; empty = by byte order mark, else UTF-8.
  static Result<std::shared_ptr<const TextFile>> Open(const std::filesystem::path& path, const std::string& encoding);

  const std::filesystem::path& path() const { return path_; }
  const files::FileIdentity& identity() const { return identity_; }  ///< of the original
  int64_t size() const { return size_; }                             ///< of the text
  /// Up to `size` bytes of the text; fewer only at its end. Thread-safe.
  Result<size_t> Read(char* to, size_t size, int64_t offset) const;

 private:
  std::filesystem::path path_;
  files::FileIdentity identity_;
  files::FileDescriptor file_;
  int64_t skip_ = 0;
  int64_t size_ = 0;
};

/// False when ICU does not know the name.
bool IsKnownEncoding(const std::string& encoding);

/// A sliding view of a TextFile, with the bytes behind its end that parsers may touch.
class Window {
 public:
  /// Rows are at most so long; beyond, a quote was probably never closed.
  static constexpr size_t kMostBytes = size_t{256} << 20;

  Window(std::shared_ptr<const TextFile> file, int64_t offset, size_t first_bytes = size_t{512} << 10);

  /// Reads on, so that there is more than before. kReadMalformed when the view would grow beyond kMostBytes.
  Status Fill();
  void Consume(size_t bytes) { begin_ += bytes; }

  const char* begin() const { return buffer_.get() + begin_; }
  const char* end() const { return buffer_.get() + end_; }
  size_t size() const { return end_ - begin_; }
  int64_t offset() const { return file_offset_ - static_cast<int64_t>(size()); }  ///< of begin()
  bool last() const { return file_offset_ >= file_->size(); }                     ///< nothing follows end()
  bool ascii() const { return ascii_; }                                           ///< all bytes in view are

 private:
  void MakeRoom();

  std::shared_ptr<const TextFile> file_;  // shared with the source and other readers; immutable
  std::unique_ptr<char[]> buffer_;
  size_t capacity_;
  size_t begin_ = 0, end_ = 0;
  int64_t file_offset_;
  bool ascii_ = true;
};

}  // namespace migrateiq::file
