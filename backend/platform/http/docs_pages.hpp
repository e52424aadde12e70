#pragma once

namespace migrateiq::http {

/// The files of docs/, which the build puts into the program.
extern const char kDocsHtml[], kDocsStyle[], kDocsScript[];

}  // namespace migrateiq::http
