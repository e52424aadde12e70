#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "base/encoding.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "platform/objects/local_objects.hpp"
#include "platform/objects/object_key.hpp"

namespace migrateiq::objects::detail {

namespace {

constexpr uint64_t kSmallestPart = 5 << 20;
constexpr int kMostParts = 10'000;
constexpr const char* kInfo = "info";

std::string PartName(size_t part) { return fmt::format("{:05}", part); }

/// SHA-256 of what comes in pieces.
class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new()) { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
  void Add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  std::string Finish() {
    std::string hash(32, '\0');
    EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(hash.data()), nullptr);
    return hash;
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

/// An upload's id is one part, whoever sends it.
Result<Folder> EnterUpload(const Folder& uploads, const std::string& upload_id) {
  MIQ_ASSIGN(const std::vector<std::string> parts, KeyParts(upload_id));
  if (parts.size() != 1) return Fail(codes::kObjectKey, "an upload's id has no slash");
  return uploads.Enter(upload_id);
}

std::unexpected<Error> PartError(size_t part, const char* what) {
  return Fail(Error(codes::kObjectNotFound, fmt::format("part {} {}", part, what)).Fix("Send that part again."));
}

}  // namespace

Result<std::string> LocalObjects::BeginUpload(const std::string& key, const std::string& content_type) {
  MIQ_TRY(KeyParts(key));
  std::string upload_id = NewId();
  MIQ_ASSIGN(const Folder upload, uploads_.EnterOrMake(upload_id));
  const Pointer pointer{.blob = std::string(32, '0'), .info = {.key = key, .content_type = content_type}};
  MIQ_ASSIGN(const std::string name, WriteTemporary(key + "\n" + WritePointer(pointer)));
  MIQ_TRY(temporary_.MoveFile(name, upload, kInfo));
  return upload_id;
}

Result<std::string> LocalObjects::PutPart(const std::string& upload_id, int part, std::string_view bytes) {
  if (part < 1 || part > kMostParts) return Fail(codes::kObjectKey, "parts are numbered from 1 to 10000");
  MIQ_ASSIGN(const Folder upload, EnterUpload(uploads_, upload_id));
  MIQ_ASSIGN(const std::string name, WriteTemporary(bytes));
  MIQ_TRY(temporary_.MoveFile(name, upload, PartName(static_cast<size_t>(part))));
  return ToHexText(Sha256(bytes));
}

Result<ObjectInfo> LocalObjects::FinishUpload(const std::string& upload_id, const std::vector<std::string>& etags) {
  MIQ_ASSIGN(const Folder upload, EnterUpload(uploads_, upload_id));
  MIQ_ASSIGN(const File info_file, upload.OpenFile(kInfo));
  MIQ_ASSIGN(const std::string text, info_file.Read(0, 4096));
  const size_t newline = std::min(text.find('\n'), text.size());
  MIQ_ASSIGN(Pointer pointer, ParsePointer(text.substr(0, newline), text.substr(std::min(newline + 1, text.size()))));
  const std::string blob = ToHexText(RandomBytes(16));
  MIQ_ASSIGN(const File target, temporary_.CreateFile(blob));
  if (const Status assembled = Assemble(upload, etags, target); !assembled) {
    (void)temporary_.RemoveFile(blob);
    return Fail(assembled.error());
  }
  MIQ_ASSIGN(pointer.info.size, target.Size());
  MIQ_TRY(KeepAsBlob(blob));
  std::string all;
  for (const std::string& etag : etags) all += etag;
  pointer.info.etag = fmt::format("{}-{}", ToHexText(Sha256(all)), etags.size());
  pointer.info.modified = SystemClock().Now();
  MIQ_ASSIGN(ObjectInfo info, Point(blob, std::move(pointer.info)));
  (void)AbortUpload(upload_id);
  return info;
}

Status LocalObjects::Assemble(const Folder& upload, const std::vector<std::string>& etags, const File& target) const {
  for (size_t index = 0; index < etags.size(); ++index) MIQ_TRY(CopyPart(upload, index, etags, target));
  return target.Sync();
}

Status LocalObjects::CopyPart(const Folder& upload, size_t index, const std::vector<std::string>& etags,
                              const File& target) const {
  constexpr uint64_t kPiece = 1 << 20;
  const size_t part = index + 1;
  const Result<File> file = upload.OpenFile(PartName(part));
  if (!file) return PartError(part, "is not there");
  MIQ_ASSIGN(const uint64_t size, file->Size());
  if (size < kSmallestPart && part < etags.size()) return PartError(part, "is smaller than 5 MiB");
  Hasher hasher;
  for (uint64_t from = 0; from < size; from += kPiece) {
    MIQ_ASSIGN(const std::string piece, file->Read(from, kPiece));
    hasher.Add(piece);
    MIQ_TRY(target.Append(piece));
  }
  return ToHexText(hasher.Finish()) == etags[index] ? Status() : PartError(part, "is not the one with this etag");
}

Status LocalObjects::AbortUpload(const std::string& upload_id) {
  MIQ_ASSIGN(const Folder upload, EnterUpload(uploads_, upload_id));
  MIQ_ASSIGN(const std::vector<Folder::Entry> entries, upload.List());
  for (const Folder::Entry& entry : entries) (void)upload.RemoveFile(entry.name);
  (void)uploads_.RemoveFolder(upload_id);
  return {};
}

}  // namespace migrateiq::objects::detail
