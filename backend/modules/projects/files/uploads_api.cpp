#include <boost/json/object.hpp>
#include <charconv>

#include "base/errors/api.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/files/file_view.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

struct UploadView {
  std::string upload_id, name;
  int64_t size = 0, received = 0;
  int64_t part_least = kLeastPart, part_most = kMostPart;
  Moment created_at;
  std::optional<FileView> file;
};
BOOST_DESCRIBE_STRUCT(UploadView, (), (upload_id, name, size, received, part_least, part_most, created_at, file))

struct CreateUpload {
  Text<1, 200> name;
  Number<1, int64_t{1} << 50> size;
  std::optional<Text<64, 64>> sha256;
};
BOOST_DESCRIBE_STRUCT(CreateUpload, (), (name, size, sha256))

UploadView ViewOf(const UploadRow& row) {
  return {.upload_id = row.upload_id,
          .name = row.name,
          .size = row.size,
          .received = row.received,
          .created_at = {row.created_at}};
}

void TellProgress(Context& context, const UploadRow& row) {
  context.response.headers.Set("Upload-Offset", std::to_string(row.received));
  context.response.headers.Set("Upload-Length", std::to_string(row.size));
  context.response.headers.Set("Cache-Control", "no-store");
}

Result<int64_t> OffsetOf(const Context& context) {
  const auto header = context.request.headers.Get("Upload-Offset");
  int64_t offset = -1;
  if (header) {
    const auto [end, error] = std::from_chars(header->data(), header->data() + header->size(), offset);
    if (error != std::errc() || end != header->data() + header->size()) offset = -1;
  }
  if (offset >= 0) return offset;
  return Fail(Error(codes::kApiField, "the request needs the header Upload-Offset: the byte where the part begins")
                  .Fix("HEAD tells the offset that was reached."));
}

Status Append(ProjectServices& services, Context& context) {
  MIQ_ASSIGN(const int64_t offset, OffsetOf(context));
  MIQ_ASSIGN(const UploadProgress progress,
             Placed(context, services.uploads.Append(ActorOf(context), context.Path("upload_id"), offset,
                                                     context.request.body)));
  TellProgress(context, progress.upload);
  UploadView view = ViewOf(progress.upload);
  if (progress.file) view.file = ViewOf(*progress.file);
  context.response.body = Encode(view);
  return {};
}

}  // namespace

void AddUploadRoutes(http::Router& router, ProjectServices& services) {
  router.Add<CreateUpload, Nothing, UploadView>(
      TenantRoute(Method::kPost, "uploads", "createUpload", "files.write",
                  "Begin an upload; then send its bytes in parts with PATCH."),
      [&](Context& context, const CreateUpload& body, const Nothing&) -> Result<UploadView> {
        NewUpload wanted{.name = body.name, .size = body.size};
        if (body.sha256) wanted.sha256 = *body.sha256;
        MIQ_ASSIGN(const UploadRow row, Placed(context, services.uploads.Begin(ActorOf(context), wanted)));
        context.response.headers.Set("Location", "/api/v1/uploads/" + row.upload_id);
        TellProgress(context, row);
        return ViewOf(row);
      });
  router.Add<Nothing, Nothing, UploadView>(
      TenantRoute(Method::kGet, "uploads/{upload_id}", "getUpload", "files.write",
                  "How far an upload is; HEAD tells it in Upload-Offset."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<UploadView> {
        MIQ_ASSIGN(const UploadRow row, services.uploads.Get(context.principal.tenant_id, context.Path("upload_id")));
        TellProgress(context, row);
        return ViewOf(row);
      });
  http::Route append = TenantRoute(Method::kPatch, "uploads/{upload_id}", "appendUpload", "files.write",
                                   "Send the bytes from Upload-Offset on; the last part answers with the file.");
  append.body_limit = static_cast<size_t>(kMostPart);
  append.deadline = std::chrono::seconds(600);
  append.answer_schema = boost::json::object{{"$ref", "#/components/schemas/UploadView"}};
  router.AddRaw(http::Answering(std::move(append), "application/json"),
                [&](Context& context) { return Append(services, context); });
  router.Add<Nothing, Nothing, Nothing>(
      TenantRoute(Method::kDelete, "uploads/{upload_id}", "abortUpload", "files.write", "Give up an upload."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.uploads.Abort(ActorOf(context), context.Path("upload_id")));
        return Nothing{};
      });
}

}  // namespace migrateiq::projects
