#include "platform/http/detail/compress.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

#include "platform/http/detail/head.hpp"
#include "platform/http/detail/text.hpp"

namespace migrateiq::http::detail {
namespace {

constexpr size_t kWorthIt = 1024;
constexpr int kLevel = 4, kGzipWindow = 15 + 16;

/// One deflate stream in the form of gzip.
class Deflater {
 public:
  explicit Deflater(int level) {
    good_ = deflateInit2(&stream_, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  bool good() const { return good_; }
  void Reset() { deflateReset(&stream_); }

  void Append(std::string_view bytes, int flush, std::string& out) {
    // zlib does not change its input but takes a pointer to bytes that are not const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      deflate(&stream_, flush);
      out.append(buffer_.data(), buffer_.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

 private:
  z_stream stream_{};
  std::array<char, 16 * 1024> buffer_;
  bool good_ = false;
};

/// A stream's pieces, gzipped as they come.
class GzipSource : public BodySource {
 public:
  explicit GzipSource(std::unique_ptr<BodySource> source) : source_(std::move(source)), deflater_(kLevel) {}

  Result<std::string> Next() override {
    std::string out;
    while (out.empty() && !ended_) {
      MIQ_ASSIGN(const std::string piece, source_->Next());
      ended_ = piece.empty();
      deflater_.Append(piece, ended_ ? Z_FINISH : Z_NO_FLUSH, out);
    }
    return out;
  }

 private:
  std::unique_ptr<BodySource> source_;
  Deflater deflater_;
  bool ended_ = false;
};

/// "gzip;q=0.5": the weight is 0 only in "q=0", "q=0.0" ...
bool Wants(std::string_view item, std::string_view coding) {
  const size_t semicolon = std::min(item.find(';'), item.size());
  if (!SameName(Trim(item.substr(0, semicolon)), coding)) return false;
  const std::string_view weight = Trim(item.substr(std::min(semicolon + 1, item.size())));
  return !(weight.starts_with("q=0") || weight.starts_with("Q=0")) ||
         weight.find_first_of("123456789") != std::string_view::npos;
}

bool IsEligible(const Response& response) {
  if (response.status < 200 || response.status == 206 || response.status == 204 || response.status == 304) return false;
  for (const std::string_view name : {"content-encoding", "content-range", "accept-ranges", "set-cookie"}) {
    if (response.headers.Get(name)) return false;
  }
  const auto size = response.stream ? response.stream->Size() : std::optional<uint64_t>(response.body.size());
  return IsCompressible(response.content_type) && (!size || *size > kWorthIt);
}

}  // namespace

bool AcceptsCoding(const Headers& headers, std::string_view coding) {
  for (const auto& [name, value] : headers.all()) {
    if (!SameName(name, "accept-encoding")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      if (Wants(TakeItem(rest), coding)) return true;
    }
  }
  return false;
}

bool IsCompressible(std::string_view content_type) {
  const std::string_view type = Trim(content_type.substr(0, content_type.find(';')));
  static constexpr std::array<std::string_view, 8> kTypes = {
      "application/json",          "application/javascript", "application/xml",      "image/svg+xml",
      "application/manifest+json", "application/wasm",       "application/x-ndjson", "application/yaml"};
  return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
         std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

std::string Gzip(std::string_view bytes, int level) {
  std::string out;
  Deflater deflater(level);
  if (deflater.good()) deflater.Append(bytes, Z_FINISH, out);
  return out;
}

void Compress(const Request& request, Response& response) {
  if (!IsEligible(response)) return;
  response.headers.Add("Vary", "Accept-Encoding");
  if (!AcceptsCoding(request.headers, "gzip")) return;
  if (response.stream) {
    response.stream = std::make_unique<GzipSource>(std::move(response.stream));
  } else {
    thread_local Deflater deflater(kLevel);
    if (!deflater.good()) return;
    deflater.Reset();
    std::string out;
    out.reserve(response.body.size() / 3);
    deflater.Append(response.body, Z_FINISH, out);
    response.body = std::move(out);
  }
  response.headers.Set("Content-Encoding", "gzip");
}

}  // namespace migrateiq::http::detail
