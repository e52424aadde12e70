#include "apps/migrateiq/serve/web_app.hpp"

#include <string_view>

// The packed web app, as frontend/scripts/pack.mjs wrote it when the program was built.
asm(R"(
.section .rodata
.global miq_web_pack_begin
.global miq_web_pack_end
miq_web_pack_begin:
.incbin ")" MIQ_WEB_PACK R"("
miq_web_pack_end:
.byte 0
.previous
)");

extern "C" const char miq_web_pack_begin[], miq_web_pack_end[];  // NOLINT(readability-identifier-naming)

namespace migrateiq::serve {

using Files = std::shared_ptr<const http::StaticFiles>;

Result<Files> LoadWebApp(const std::string& folder) {
  if (!folder.empty()) {
    MIQ_ASSIGN(http::StaticFiles files, http::StaticFiles::Load(folder));
    return std::make_shared<const http::StaticFiles>(std::move(files));
  }
  const std::string_view pack(miq_web_pack_begin, static_cast<size_t>(miq_web_pack_end - miq_web_pack_begin));
  if (pack.empty()) return Files();
  MIQ_ASSIGN(http::StaticFiles files, http::StaticFiles::FromPack(pack));
  return std::make_shared<const http::StaticFiles>(std::move(files));
}

}  // namespace migrateiq::serve
