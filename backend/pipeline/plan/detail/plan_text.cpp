#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

#include <boost/json.hpp>
#include <charconv>
#include <sstream>

#include "base/errors/plan.hpp"
#include "pipeline/plan/detail/plan_fields.hpp"

namespace migrateiq::detail {

namespace {

constexpr size_t kMaxBytes = size_t{32} << 20;
constexpr int kMaxDepth = 32;

YAML::Mark MarkAt(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const size_t newline = before.rfind('\n');
  YAML::Mark mark;
  mark.pos = static_cast<int>(offset);
  mark.line = static_cast<int>(std::ranges::count(before, '\n'));
  mark.column = static_cast<int>(newline == std::string_view::npos ? offset : offset - newline - 1);
  return mark;
}

// JSON is checked by a JSON parser, since YAML is more lenient, and then read as YAML, which knows lines and columns.
void CheckJson(PlanContext& context, std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kMaxDepth;
  boost::json::stream_parser parser({}, options);
  boost::system::error_code error;
  const size_t read = parser.write(text.data(), text.size(), error);
  if (!error) parser.finish(error);
  if (error) context.Refuse(codes::kPlanSyntax, MarkAt(text, read), "JSON: " + error.message());
}

int Hex4(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + std::min<size_t>(4, text.size()), value, 16);
  return error == std::errc() && end == text.data() + 4 ? value : -1;
}

void AppendUtf8Supplementary(std::string& out, int code) {
  out += static_cast<char>(0xF0 | (code >> 18));
  out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
  out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
  out += static_cast<char>(0x80 | (code & 0x3F));
}

/// What YAML does not understand of JSON: escaped surrogate pairs, and tabs between values.
std::string JsonAsYaml(std::string_view json) {
  std::string out;
  bool quoted = false;
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') quoted = !quoted;
    if (c == '\t' && !quoted) {
      out += ' ';
    } else if (c == '\\' && json.substr(i + 1).starts_with('u')) {
      const int high = Hex4(json.substr(i + 2));
      const int low = json.substr(std::min(i + 6, json.size())).starts_with("\\u") ? Hex4(json.substr(i + 8)) : -1;
      const bool pair = high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000;
      if (pair)
        AppendUtf8Supplementary(out, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
      else
        out.append(json.substr(i, 6));
      i += pair ? 11 : 5;
    } else if (c == '\\') {
      out.append(json.substr(i, 2));
      ++i;
    } else {
      out += c;
    }
  }
  return out;
}

/// Counts documents only.
class NoEvents : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

/// 0, 1, or 2 for more: some texts are endlessly many documents to yaml-cpp (a comma outside of brackets).
int CountDocuments(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  NoEvents events;
  int documents = 0;
  while (documents < 2 && parser.HandleNextDocument(events)) ++documents;
  return documents;
}

}  // namespace

PlanValue LoadPlanText(PlanContext& context, std::string_view text) {
  if (text.size() > kMaxBytes) {
    context.Refuse(codes::kPlanSyntax, YAML::Mark::null_mark(), "the plan is larger than 32 MiB");
    return {};
  }
  const size_t start = text.find_first_not_of(" \t\r\n");
  const bool json =
      start != std::string_view::npos && text[start] == '{' && text.find('"', start) < text.find_first_of(":}", start);
  if (json) CheckJson(context, text);
  if (context.error) return {};
  try {
    const std::string yaml = json ? JsonAsYaml(text) : std::string(text);
    const int documents = CountDocuments(yaml);
    if (documents == 1) {
      const YAML::Node document = YAML::Load(yaml);
      return {document, document.Mark(), ""};
    }
    const std::string_view what = documents == 0 ? "the plan is empty" : "the file holds more than one document";
    context.Refuse(codes::kPlanSyntax, YAML::Mark::null_mark(), std::string(what));
  } catch (const YAML::Exception& exception) {
    context.Refuse(codes::kPlanSyntax, exception.mark, exception.msg);
  } catch (const std::exception& exception) {
    context.Refuse(codes::kPlanSyntax, YAML::Mark::null_mark(), exception.what());
  }
  return {};
}

}  // namespace migrateiq::detail
