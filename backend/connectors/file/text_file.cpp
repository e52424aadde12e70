#include "connectors/file/text_file.hpp"

#include <unicode/ucnv.h>

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "connectors/file/rows.hpp"

namespace migrateiq::file {

namespace fs = std::filesystem;

namespace {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter OpenConverter(const std::string& encoding) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(encoding.c_str(), &error));
  if (U_FAILURE(error)) return nullptr;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  return converter;
}

/// UTF-16 to UTF-8, across the borders of pieces.
class Utf8Output {
 public:
  void Add(char16_t unit) {
    if (high_ != 0) {
      const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
      const char16_t high = std::exchange(high_, 0);
      if (low) return Put(0x10000 + ((high - 0xD800U) << 10) + (unit - 0xDC00U));
      AddInvalid();
    }
    if (unit >= 0xD800 && unit <= 0xDBFF)
      high_ = unit;
    else if (unit >= 0xDC00 && unit <= 0xDFFF)
      AddInvalid();
    else
      Put(unit);
  }
  void AddInvalid() { bytes_ += '\xFF'; }
  std::string& bytes() { return bytes_; }

 private:
  void Put(uint32_t point) {
    if (point < 0x80) {
      bytes_ += static_cast<char>(point);
    } else if (point < 0x800) {
      bytes_ += static_cast<char>(0xC0 | (point >> 6));
      bytes_ += static_cast<char>(0x80 | (point & 63));
    } else {
      if (point < 0x10000)
        bytes_ += static_cast<char>(0xE0 | (point >> 12));
      else
        bytes_.append({static_cast<char>(0xF0 | (point >> 18)), static_cast<char>(0x80 | (point >> 12 & 63))});
      bytes_ += static_cast<char>(0x80 | (point >> 6 & 63));
      bytes_ += static_cast<char>(0x80 | (point & 63));
    }
  }

  std::string bytes_;
  char16_t high_ = 0;
};

void Decode(UConverter* converter, const char* from, const char* end, bool flush, Utf8Output& out) {
  std::vector<UChar> units(8192);
  for (;;) {
    UErrorCode error = U_ZERO_ERROR;
    UChar* to = units.data();
    ucnv_toUnicode(converter, &to, units.data() + units.size(), &from, end, nullptr, flush, &error);
    for (const UChar* unit = units.data(); unit < to; ++unit) out.Add(*unit);
    if (error == U_BUFFER_OVERFLOW_ERROR) continue;
    if (U_SUCCESS(error)) return;
    out.AddInvalid();
    if (from >= end) return;
  }
}

Result<files::FileDescriptor> OpenTemporary() {
  std::error_code ignored;
  fs::path folder = fs::temp_directory_path(ignored);
  if (folder.empty()) folder = "/tmp";
  std::string pattern = (folder / "migrateiq-text-XXXXXX").string();
  files::FileDescriptor file(::mkstemp(pattern.data()));
  if (!file.IsOpen()) return Fail(files::IoError(codes::kConnOpenFile, "write a temporary file in", folder, errno));
  ::unlink(pattern.c_str());
  return file;
}

Result<files::FileDescriptor> Transcode(const files::FileDescriptor& from, const fs::path& path, int64_t skip,
                                        UConverter* converter) {
  MIQ_ASSIGN(files::FileDescriptor to, OpenTemporary());
  std::vector<char> piece(size_t{256} << 10);
  Utf8Output out;
  for (int64_t offset = skip;;) {
    MIQ_ASSIGN(const size_t got, files::ReadAt(from, path, piece.data(), piece.size(), offset));
    Decode(converter, piece.data(), piece.data() + got, got == 0, out);
    MIQ_TRY(files::WriteAll(to, path, out.bytes()));
    out.bytes().clear();
    if (got == 0) return to;
    offset += static_cast<int64_t>(got);
  }
}

struct Mark {
  std::string encoding;
  int64_t bytes = 0;
};

/// By byte order mark; else by zero bytes, which UTF-16 text has at every other place.
Mark DetectMark(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) return {"UTF-8", 3};
  if (head.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return {"UTF-32LE", 4};
  if (head.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return {"UTF-32BE", 4};
  if (head.starts_with("\xFF\xFE")) return {"UTF-16LE", 2};
  if (head.starts_with("\xFE\xFF")) return {"UTF-16BE", 2};
  size_t even = 0, odd = 0;
  for (size_t i = 0; i < head.size(); ++i) (i % 2 == 0 ? even : odd) += head[i] == 0 ? 1 : 0;
  const size_t most = head.size() / 2;
  if (head.size() >= 8 && odd * 10 > most * 7 && even * 10 < most) return {"UTF-16LE", 0};
  if (head.size() >= 8 && even * 10 > most * 7 && odd * 10 < most) return {"UTF-16BE", 0};
  return {"UTF-8", 0};
}

bool IsUtf8(const std::string& encoding) { return ucnv_compareNames(encoding.c_str(), "utf-8") == 0; }

/// A mark of another family than the encoding asked for is part of the text.
bool SameFamily(const std::string& encoding, const std::string& marked) {
  return ucnv_compareNames(encoding.substr(0, 6).c_str(), marked.substr(0, 6).c_str()) == 0 ||
         IsUtf8(encoding) == IsUtf8(marked);
}

}  // namespace

bool IsKnownEncoding(const std::string& encoding) { return encoding.empty() || OpenConverter(encoding) != nullptr; }

Result<std::shared_ptr<const TextFile>> TextFile::Open(const fs::path& path, const std::string& encoding) {
  auto text = std::make_shared<TextFile>();
  text->path_ = path;
  MIQ_ASSIGN(text->identity_, files::Identify(path));
  MIQ_ASSIGN(text->file_, files::OpenForReading(path));
  char head[4096];
  MIQ_ASSIGN(const size_t got, files::ReadAt(text->file_, path, head, sizeof head, 0));
  const Mark mark = DetectMark({head, got});
  const bool use_mark = encoding.empty() || (mark.bytes > 0 && SameFamily(encoding, mark.encoding));
  const std::string used = use_mark ? mark.encoding : encoding;
  text->skip_ = use_mark ? mark.bytes : 0;
  if (!IsUtf8(used)) {
    const Converter converter = OpenConverter(used);
    if (converter == nullptr) return Fail(codes::kUrlParameter, "unknown encoding '" + used + "'");
    MIQ_ASSIGN(text->file_, Transcode(text->file_, path, text->skip_, converter.get()));
    text->skip_ = 0;
    text->size_ = ::lseek(text->file_.get(), 0, SEEK_END);
  } else {
    text->size_ = text->identity_.size - text->skip_;
  }
  return text;
}

Result<size_t> TextFile::Read(char* to, size_t size, int64_t offset) const {
  const int64_t left = std::max<int64_t>(0, size_ - offset);
  const auto wanted = static_cast<size_t>(std::min(left, static_cast<int64_t>(size)));
  MIQ_ASSIGN(const size_t got, files::ReadAt(file_, path_, to, wanted, offset + skip_));
  if (got < wanted) return Fail(codes::kRunChanged, path_.string() + " became shorter while it was read");
  return got;
}

Window::Window(std::shared_ptr<const TextFile> file, int64_t offset, size_t first_bytes)
    : file_(std::move(file)),
      buffer_(std::make_unique<char[]>(first_bytes + kSlack)),
      capacity_(first_bytes),
      file_offset_(offset) {}

void Window::MakeRoom() {
  const size_t kept = size();
  if (kept * 2 > capacity_) {
    capacity_ *= 2;
    auto larger = std::make_unique<char[]>(capacity_ + kSlack);
    std::memcpy(larger.get(), begin(), kept);
    buffer_ = std::move(larger);
  } else {
    std::memmove(buffer_.get(), begin(), kept);
  }
  begin_ = 0;
  end_ = kept;
}

Status Window::Fill() {
  if (size() >= kMostBytes) {
    return Fail(Error(codes::kReadMalformed, "a row is longer than 256 MB; a quote is probably never closed")
                    .At(file_->path().filename().string()));
  }
  if (size() == 0) ascii_ = true;
  MakeRoom();
  MIQ_ASSIGN(const size_t got, file_->Read(buffer_.get() + end_, capacity_ - end_, file_offset_));
  ascii_ = (ascii_ || IsAscii(begin(), size())) && IsAscii(buffer_.get() + end_, got);
  end_ += got;
  file_offset_ += static_cast<int64_t>(got);
  return {};
}

}  // namespace migrateiq::file
