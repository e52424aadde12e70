#include "connectors/file/jsonl_format.hpp"

#include <numeric>

#include "base/errors/data.hpp"
#include "connectors/file/jsonl_parser.hpp"

namespace migrateiq::file {

Result<Layout> JsonlFormat::Examine(const std::shared_ptr<const TextFile>& file) const {
  char head[256];
  MIQ_ASSIGN(const size_t got, file->Read(head, sizeof head, 0));
  const char* first = JsonText(head + got).SkipBlanks(head);
  if (first < head + got && *first == '[') {
    return Fail(Error(codes::kReadMalformed, "this is a JSON array, not JSON Lines (one object a line)")
                    .At(file->path().filename().string() + ":1")
                    .Fix("Convert it, e.g. with jq -c '.[]'."));
  }
  return Layout{};
}

std::unique_ptr<BlockParser> JsonlFormat::ScanParser(const Layout&) const {
  return std::make_unique<JsonlParser>(std::vector<std::string>(), true);
}

std::unique_ptr<BlockParser> JsonlFormat::ReadParser(const Layout&, const std::vector<std::string>& wanted,
                                                     std::vector<size_t>& sources) const {
  sources.resize(wanted.size());
  std::iota(sources.begin(), sources.end(), size_t{0});
  return std::make_unique<JsonlParser>(wanted, false);
}

}  // namespace migrateiq::file
