#include "modules/projects/files/uploads.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "modules/core/audit.hpp"
#include "modules/core/people/tenants.hpp"

namespace migrateiq::projects {

using store::Scope;
using store::Session;

namespace {

constexpr Micros kPartTime = 10 * kMinute;
constexpr uint64_t kPiece = 1 << 20;
constexpr size_t kLongestName = 200;

std::unexpected<Error> Field(const char* pointer, const std::string& message) {
  return Fail(Error(codes::kApiField, message).At(pointer));
}

Status CheckFileName(const std::string& name) {
  const bool plain = !name.empty() && name.size() <= kLongestName && name != "." && name != ".." &&
                     std::ranges::none_of(name, [](unsigned char c) { return c < 0x20 || c == '/' || c == '\\'; });
  return plain ? Status() : Field("/name", "a file's name has no slashes and no control characters");
}

Status CheckDigest(const std::string& sha256) {
  const bool hex = sha256.empty() || (sha256.size() == 64 && std::ranges::all_of(sha256, [](unsigned char c) {
                                        return std::isdigit(c) != 0 || (c >= 'a' && c <= 'f');
                                      }));
  return hex ? Status() : Field("/sha256", "the SHA-256 of the file is 64 hexadecimal digits in lower case");
}

Status CheckPartSize(const UploadRow& upload, size_t bytes) {
  const auto size = static_cast<int64_t>(bytes);
  const int64_t left = upload.size - upload.received;
  if (size > left) return Fail(codes::kApiField, "the part is longer than what is missing of the announced size");
  if (size == left || (size >= kLeastPart && size <= kMostPart)) return {};
  return Fail(Error(codes::kApiField, "a part has 5 to 32 MiB; only the last may have less")
                  .Fix("Send parts of `part_least` to `part_most` bytes."));
}

/// What can be said of the first part alone: the end of a Parquet file is not there yet.
Status SniffFirst(std::string_view bytes, const UploadRow& upload) {
  if (bytes.starts_with("PAR1")) return {};
  const std::string_view head = bytes.substr(0, kSniffBytes);
  MIQ_TRY(Sniff(head, head, static_cast<uint64_t>(upload.size)));
  return {};
}

}  // namespace

Result<UploadRow> Uploads::Begin(const Actor& actor, const NewUpload& wanted) {
  MIQ_TRY(CheckFileName(wanted.name));
  MIQ_TRY(CheckDigest(wanted.sha256));
  if (wanted.size > parts_.upload_limit)
    return Fail(Error(codes::kApiTooLarge, "files have at most " + std::to_string(parts_.upload_limit >> 20) + " MiB")
                    .Fix("Split the file, or ask an operator for a larger objects.upload_limit_mb."));
  UploadRow row{.upload_id = NewId(),
                .tenant_id = actor.tenant_id,
                .name = wanted.name,
                .size = wanted.size,
                .sha256 = wanted.sha256};
  row.object_key = "tenant/" + actor.tenant_id + "/uploads/" + row.upload_id;
  row.created_at = parts_.clock.Now();
  row.created_by = actor.id;
  MIQ_ASSIGN(row.object_upload_id, parts_.objects.BeginUpload(row.object_key, "application/octet-stream"));
  const Status stored = parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(session.Serialise("files:" + actor.tenant_id));
    MIQ_ASSIGN(const int64_t used, StoredBytes(session, actor.tenant_id));
    if (used > parts_.storage_quota - row.size)
      return Fail(codes::kApiQuota,
                  "the tenant's files would need more than " + std::to_string(parts_.storage_quota >> 20) + " MiB");
    MIQ_TRY(core::RequireQuota(session, actor.tenant_id, "storage_mb",
                               [&](Session&) -> Result<int64_t> { return (used + row.size - 1) >> 20; }));
    MIQ_TRY(InsertUpload(session, row));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("upload.created", "upload", row.upload_id));
  });
  if (stored) return row;
  (void)parts_.objects.AbortUpload(row.object_upload_id);
  return Fail(Error(stored.error()));
}

Result<UploadRow> Uploads::Get(const std::string& tenant_id, const std::string& upload_id) {
  return parts_.store.ReadFor<UploadRow>(
      Scope::Tenant(tenant_id), [&](Session& session) { return RequireUpload(session, tenant_id, upload_id); });
}

Result<UploadRow> Uploads::Claim(const Actor& actor, const std::string& upload_id, int64_t offset, size_t bytes) {
  return parts_.store.WriteFor<UploadRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<UploadRow> {
    MIQ_ASSIGN(UploadRow row, RequireUpload(session, actor.tenant_id, upload_id));
    if (offset != row.received)
      return Fail(Error(codes::kApiConflict, "the upload stands at byte " + std::to_string(row.received))
                      .Fix("Go on from the Upload-Offset that HEAD tells."));
    MIQ_TRY(CheckPartSize(row, bytes));
    const Micros now = parts_.clock.Now();
    MIQ_ASSIGN(const bool claimed, ClaimUpload(session, row, now, now + kPartTime));
    if (!claimed) return Fail(codes::kApiConflict, "another part of this upload is being written");
    row.busy_until = now + kPartTime;
    return row;
  });
}

Status Uploads::PutPart(UploadRow& upload, std::string_view bytes) {
  if (upload.received == 0) MIQ_TRY(SniffFirst(bytes, upload));
  MIQ_ASSIGN(std::string etag,
             parts_.objects.PutPart(upload.object_upload_id, static_cast<int>(upload.etags.size()) + 1, bytes));
  upload.etags.push_back(std::move(etag));
  upload.received += static_cast<int64_t>(bytes.size());
  return {};
}

Result<UploadProgress> Uploads::Append(const Actor& actor, const std::string& upload_id, int64_t offset,
                                       std::string_view bytes) {
  MIQ_ASSIGN(UploadRow upload, Claim(actor, upload_id, offset, bytes.size()));
  const Scope scope = Scope::Tenant(actor.tenant_id);
  if (const Status put = PutPart(upload, bytes); !put) {
    if (put.error().Is(codes::kObjectType))
      Discard(upload);
    else
      (void)parts_.store.Write(scope, [&](Session& session) { return ReleaseUpload(session, upload); });
    return Fail(Error(put.error()));
  }
  if (upload.received < upload.size) {
    MIQ_TRY(parts_.store.Write(scope, [&](Session& session) { return AdvanceUpload(session, upload); }));
    return UploadProgress{upload, std::nullopt};
  }
  Result<FileRow> file = Finish(actor, upload);
  if (file) return UploadProgress{upload, std::move(*file)};
  Discard(upload);
  return Fail(std::move(file).error());
}

Result<std::string> Uploads::Digest(const std::string& object_key, int64_t size) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  for (uint64_t at = 0; at < static_cast<uint64_t>(size); at += kPiece) {
    MIQ_ASSIGN(const std::string piece, parts_.objects.GetRange(object_key, at, kPiece));
    EVP_DigestUpdate(context.get(), piece.data(), piece.size());
  }
  std::string digest(32, '\0');
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  return ToHexText(digest);
}

Result<FileRow> Uploads::Examine(const Actor& actor, const UploadRow& upload) {
  FileRow file{.file_id = upload.upload_id, .tenant_id = actor.tenant_id, .name = upload.name, .size = upload.size};
  file.object_key = upload.object_key;
  file.created_at = parts_.clock.Now();
  file.created_by = actor.id;
  const auto size = static_cast<uint64_t>(upload.size);
  MIQ_ASSIGN(const std::string head, parts_.objects.GetRange(file.object_key, 0, kSniffBytes));
  MIQ_ASSIGN(const std::string tail,
             parts_.objects.GetRange(file.object_key, size - std::min(size, kSniffBytes), kSniffBytes));
  MIQ_ASSIGN(file.kind, Sniff(head, tail, size));
  MIQ_ASSIGN(file.sha256, Digest(file.object_key, file.size));
  if (upload.sha256.empty() || upload.sha256 == file.sha256) return file;
  return Fail(Error(codes::kApiField, "the bytes that arrived have the SHA-256 " + file.sha256)
                  .At("/sha256")
                  .Fix("Upload the file again; it was changed on its way or meanwhile."));
}

Result<FileRow> Uploads::Finish(const Actor& actor, const UploadRow& upload) {
  MIQ_TRY(parts_.objects.FinishUpload(upload.object_upload_id, upload.etags));
  MIQ_ASSIGN(const FileRow file, Examine(actor, upload));
  MIQ_TRY(parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(DeleteUpload(session, actor.tenant_id, upload.upload_id));
    MIQ_TRY(InsertFile(session, file));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("file.uploaded", "file", file.file_id));
  }));
  return file;
}

/// Bytes first, so that nothing is left that no row names.
void Uploads::Discard(const UploadRow& upload) {
  (void)parts_.objects.AbortUpload(upload.object_upload_id);
  (void)parts_.objects.Delete(upload.object_key);
  (void)parts_.store.Write(Scope::Tenant(upload.tenant_id),
                           [&](Session& session) { return DeleteUpload(session, upload.tenant_id, upload.upload_id); });
}

Status Uploads::Abort(const Actor& actor, const std::string& upload_id) {
  MIQ_ASSIGN(const UploadRow upload, Get(actor.tenant_id, upload_id));
  MIQ_TRY(parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(DeleteUpload(session, actor.tenant_id, upload_id));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("upload.aborted", "upload", upload_id));
  }));
  (void)parts_.objects.AbortUpload(upload.object_upload_id);
  return {};
}

Status Uploads::RemoveOfTenant(const std::string& tenant_id) {
  MIQ_ASSIGN(const auto uploads,
             parts_.store.ReadFor<std::vector<UploadRow>>(
                 Scope::Tenant(tenant_id), [&](Session& session) { return UploadsOf(session, tenant_id); }));
  for (const UploadRow& upload : uploads) Discard(upload);
  return {};
}

Status Uploads::RemoveAbandoned(Micros before) {
  MIQ_ASSIGN(const auto uploads, parts_.store.ReadFor<std::vector<UploadRow>>(Scope::System(), [&](Session& session) {
    return UploadsBefore(session, before, 1000);
  }));
  for (const UploadRow& upload : uploads) Discard(upload);
  return parts_.objects.RemoveAbandoned(before);
}

}  // namespace migrateiq::projects
