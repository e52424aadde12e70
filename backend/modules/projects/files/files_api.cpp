#include "modules/core/id_page.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/files/file_view.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

struct ListFilesQuery {
  std::optional<core::PageLimit> limit;
  std::optional<std::string> cursor;
  std::optional<FileKind> kind;
};
BOOST_DESCRIBE_STRUCT(ListFilesQuery, (), (limit, cursor, kind))

/// `attachment`, with the name also for clients that read ASCII only (RFC 6266).
std::string Disposition(const std::string& name) {
  std::string plain, encoded;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool safe = std::isalnum(byte) != 0 || c == '.' || c == '-' || c == '_';
    plain += safe ? c : '_';
    constexpr const char* kHex = "0123456789ABCDEF";
    encoded += safe ? std::string(1, c) : std::string{'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

/// If-Range: a part only of the bytes that the client knows.
bool WantsRange(const Context& context, const std::string& tag) {
  const auto known = context.request.headers.Get("If-Range");
  return context.request.headers.Get("Range").has_value() && (!known || *known == tag);
}

Status Download(ProjectServices& services, Context& context) {
  MIQ_ASSIGN(const FileRow file, services.files.Get(context.principal.tenant_id, context.Path("file_id")));
  const auto size = static_cast<uint64_t>(file.size);
  const std::string tag = "\"" + file.sha256 + "\"";
  http::Response& response = context.response;
  response.headers.Set("Accept-Ranges", "bytes");
  response.headers.Set("ETag", tag);
  RangeAnswer wanted;
  if (WantsRange(context, tag)) wanted = ReadRange(*context.request.headers.Get("Range"), size);
  if (!wanted.satisfiable) {
    response.status = 416;
    response.headers.Set("Content-Range", "bytes */" + std::to_string(size));
    return {};
  }
  response.content_type = MediaTypeOf(file.kind);
  response.headers.Set("Content-Disposition", Disposition(file.name));
  const ByteRange range = wanted.range.value_or(ByteRange{0, size});
  if (wanted.range) {
    response.status = 206;
    response.headers.Set("Content-Range", "bytes " + std::to_string(range.from) + "-" +
                                              std::to_string(range.from + range.count - 1) + "/" +
                                              std::to_string(size));
  }
  response.stream = services.files.Read(file, range);
  return {};
}

}  // namespace

FileView ViewOf(const FileRow& row) {
  return {.file_id = row.file_id,
          .name = row.name,
          .kind = row.kind,
          .media_type = MediaTypeOf(row.kind),
          .size = row.size,
          .sha256 = row.sha256,
          .created_by = row.created_by,
          .created_at = {row.created_at}};
}

void AddFileRoutes(http::Router& router, ProjectServices& services) {
  router.Add<Nothing, ListFilesQuery, Page<FileView>>(
      TenantRoute(Method::kGet, "files", "listFiles", "files.read", "The tenant's files, newest first."),
      [&](Context& context, const Nothing&, const ListFilesQuery& query) -> Result<Page<FileView>> {
        const core::PageRequest page = core::PageOf(query);
        MIQ_ASSIGN(const auto rows,
                   services.files.List(context.principal.tenant_id, query.kind ? WordOf(*query.kind) : "", page));
        return core::PageById<FileView>(rows, page.limit, &ViewOf, &FileRow::file_id);
      });
  router.Add<Nothing, Nothing, FileView>(
      TenantRoute(Method::kGet, "files/{file_id}", "getFile", "files.read", "One file, without its content."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<FileView> {
        MIQ_ASSIGN(const FileRow row, services.files.Get(context.principal.tenant_id, context.Path("file_id")));
        return ViewOf(row);
      });
  http::Route content = TenantRoute(Method::kGet, "files/{file_id}/content", "getFileContent", "files.read",
                                    "The content of a file; takes Range.");
  content.deadline = std::chrono::seconds(3600);
  router.AddRaw(http::Answering(std::move(content), "application/octet-stream"),
                [&](Context& context) { return Download(services, context); });
  router.Add<Nothing, Nothing, Nothing>(TenantRoute(Method::kDelete, "files/{file_id}", "removeFile", "files.write",
                                                    "Remove a file that no connection names."),
                                        [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
                                          MIQ_TRY(services.files.Remove(ActorOf(context), context.Path("file_id")));
                                          return Nothing{};
                                        });
}

}  // namespace migrateiq::projects
