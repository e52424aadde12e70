#include "tests/runner/scenario.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace migrateiq::runner {
namespace {

constexpr std::array kVerbs = {"require", "source", "target",   "login",      "env",          "plan",
                               "migrate", "run",    "rehearse", "resume",     "undo",         "accept",
                               "verify",  "status", "cli",      "quarantine", "sql",          "refuse",
                               "expect",  "file",   "foreach",  "propose",    "write-during", "crash-after"};

std::string_view Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool StartsStep(std::string_view line) {
  const std::string_view word = line.substr(0, line.find(' '));
  return std::find(kVerbs.begin(), kVerbs.end(), word) != kVerbs.end();
}

void DropTrailingBlank(std::vector<std::string>& lines) {
  while (!lines.empty() && Trim(lines.back()).empty()) lines.pop_back();
}

Step StartStep(std::string_view line, int number) {
  const size_t end = std::min(line.find(' '), line.size());
  return Step{.line = number, .verb = std::string(line.substr(0, end)), .rest = std::string(Trim(line.substr(end)))};
}

/// "# name: x" lines before the first step.
bool ReadHead(std::string_view line, Scenario& scenario) {
  if (!line.starts_with('#')) return false;
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  const std::string_view key = Trim(line.substr(1, colon - 1));
  const std::string value(Trim(line.substr(colon + 1)));
  if (key == "name") scenario.name = value;
  if (key == "description") scenario.description = value;
  if (key == "group") scenario.group = value;
  return true;
}

void AddLine(Step& step, std::string_view line) {
  if (line == "----") {
    step.has_expected = true;
  } else {
    (step.has_expected ? step.expected : step.body).emplace_back(line);
  }
}

std::string Complaint(const std::string& file, int line, std::string_view what) {
  return file + ":" + std::to_string(line) + ": " + std::string(what);
}

std::expected<Scenario, std::string> ReadSteps(std::string_view text, const std::string& file) {
  Scenario scenario{.file = file};
  int number = 0;
  for (const std::string_view line : Lines(text)) {
    ++number;
    if (StartsStep(line)) {
      scenario.steps.push_back(StartStep(line, number));
    } else if (!scenario.steps.empty()) {
      AddLine(scenario.steps.back(), line);
    } else if (!ReadHead(line, scenario) && !Trim(line).empty()) {
      return std::unexpected(Complaint(file, number, "no such step: " + std::string(line)));
    }
  }
  for (Step& step : scenario.steps) {
    DropTrailingBlank(step.body);
    DropTrailingBlank(step.expected);
  }
  if (scenario.name.empty() || scenario.description.empty() || scenario.group.empty()) {
    return std::unexpected(Complaint(file, 1, "the head needs # name:, # description: and # group:"));
  }
  return scenario;
}

Step WithValue(Step step, const std::string& variable, const std::string& value) {
  const std::string reference = "{" + variable + "}";
  step.rest = ReplaceAll(step.rest, reference, value);
  for (auto* lines : {&step.body, &step.expected}) {
    for (std::string& line : *lines) line = ReplaceAll(line, reference, value);
  }
  return step;
}

Scenario WithValue(const Scenario& scenario, size_t foreach_step, const std::string& variable,
                   const std::string& value) {
  Scenario copy = scenario;
  copy.steps.erase(copy.steps.begin() + static_cast<std::ptrdiff_t>(foreach_step));
  for (Step& step : copy.steps) step = WithValue(std::move(step), variable, value);
  copy.name += " [" + value + "]";
  return copy;
}

void Expand(const Scenario& scenario, std::vector<Scenario>& out) {
  for (size_t i = 0; i < scenario.steps.size(); ++i) {
    if (scenario.steps[i].verb != "foreach") continue;
    const std::vector<std::string> words = SplitWords(scenario.steps[i].rest);
    for (size_t w = 1; w < words.size(); ++w) Expand(WithValue(scenario, i, words[0], words[w]), out);
    return;
  }
  out.push_back(scenario);
}

bool IsPlain(unsigned char byte) { return byte >= 0x80 || (byte >= 0x20 && byte != 0x7f && byte != '\\'); }

char FromHex(std::string_view digits) {
  unsigned value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return static_cast<char>(value);
}

}  // namespace

std::string Step::Text() const {
  const std::string below = JoinLines(body);
  return rest.empty() || below.empty() ? rest + below : rest + "\n" + below;
}

std::expected<std::vector<Scenario>, std::string> ParseScenario(std::string_view text, const std::string& file) {
  auto scenario = ReadSteps(text, file);
  if (!scenario) return std::unexpected(scenario.error());
  scenario->name = file;
  std::vector<Scenario> expanded;
  Expand(*scenario, expanded);
  return expanded;
}

std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  char quote = 0;
  bool open = false;
  for (const char c : text) {
    if (quote != 0 ? c == quote : (c == '\'' || c == '"')) {
      quote = quote != 0 ? 0 : c;
      if (!open) words.emplace_back();
      open = true;
    } else if (quote == 0 && (c == ' ' || c == '\t')) {
      open = false;
    } else {
      if (!open) words.emplace_back();
      open = true;
      words.back() += c;
    }
  }
  return words;
}

std::string Unescape(std::string_view text) {
  std::string bytes;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      bytes += text[i];
      continue;
    }
    const char kind = text[++i];
    if (kind == 'x' && i + 2 < text.size()) {
      bytes += FromHex(text.substr(i + 1, 2));
      i += 2;
    } else {
      bytes += kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind == 't' ? '\t' : kind;
    }
  }
  return bytes;
}

std::string Escape(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsPlain(byte)) {
      text += c;
    } else if (c == '\n' || c == '\r' || c == '\t' || c == '\\') {
      text += '\\';
      text += c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : '\\';
    } else {
      text += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return text;
}

std::string ReplaceAll(std::string text, std::string_view what, std::string_view by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string JoinLines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

}  // namespace migrateiq::runner
