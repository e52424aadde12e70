#include "tests/runner/session.hpp"

#include <algorithm>
#include <atomic>
#include <boost/json.hpp>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>

#include "tests/runner/process.hpp"
#include "tests/runner/report.hpp"
#include "tests/runner/system.hpp"

namespace migrateiq::runner {
namespace {

using Checked = std::expected<void, std::string>;

Checked Fault(std::string text) { return std::unexpected(std::move(text)); }

std::string FirstWord(const std::string& text) { return text.substr(0, text.find(' ')); }

std::string AfterFirstWord(const std::string& text) {
  const size_t blank = text.find(' ');
  return blank == std::string::npos ? "" : text.substr(text.find_first_not_of(' ', blank));
}

bool IsOrdered(const std::string& sql) {
  std::string upper = sql;
  std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
  return upper.find("ORDER BY") != std::string::npos;
}

Checked CompareRows(Rows found, Rows expected, bool ordered) {
  if (!ordered) {
    std::sort(found.begin(), found.end());
    std::sort(expected.begin(), expected.end());
  }
  if (found == expected) return {};
  return Fault("expected\n  " + ReplaceAll(JoinLines(expected), "\n", "\n  ") + "\nfound\n  " +
               ReplaceAll(JoinLines(found), "\n", "\n  "));
}

/// Repeats statements at the source, each time as one transaction, until it is destroyed. `{n}` counts up.
class BackgroundWriter {
 public:
  BackgroundWriter(System& system, std::string text)
      : thread_([this, &system, text = std::move(text)](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            if (system.Execute(ReplaceAll(text, "{n}", std::to_string(rounds_ + 1)))) ++rounds_;
          }
        }) {
    while (rounds_ == 0 && thread_.joinable()) std::this_thread::yield();
  }

 private:
  std::atomic<int> rounds_ = 0;
  std::jthread thread_;
};

class Session {
 public:
  Session(const Scenario& scenario, const SessionOptions& options) : scenario_(scenario), options_(options) {}

  Verdict Run() {
    for (const Step& step : scenario_.steps) {
      if (std::string why = WhySkipped(step); !why.empty()) return {Verdict::Kind::kSkipped, why};
    }
    for (size_t i = 0; i < scenario_.steps.size(); ++i) {
      if (Checked done = RunStep(i); !done) return Failed(scenario_.steps[i], done.error());
    }
    return {};
  }

 private:
  using Handler = Checked (Session::*)(const Step&);

  static const std::map<std::string, Handler>& Handlers() {
    static const std::map<std::string, Handler> handlers = {
        {"require", &Session::Require}, {"source", &Session::MakeSource},      {"target", &Session::MakeTarget},
        {"login", &Session::Login},     {"env", &Session::SetVariable},        {"plan", &Session::SetPlan},
        {"sql", &Session::Sql},         {"refuse", &Session::Refuse},          {"expect", &Session::Expect},
        {"file", &Session::MakeFile},   {"write-during", &Session::SetWriter}, {"crash-after", &Session::SetCrash}};
    return handlers;
  }

  static std::string WhySkipped(const Step& step) {
    const bool names_system = step.verb == "require" || step.verb == "source" || step.verb == "target";
    return names_system ? WhyUnavailable(FirstWord(step.rest)) : "";
  }

  Verdict Failed(const Step& step, const std::string& why) const {
    std::string text = scenario_.file + ":" + std::to_string(step.line) + ": " + why;
    if (!outcome_.err.empty()) text += "\n--- stderr\n" + outcome_.err.substr(0, 4000);
    if (!outcome_.out.empty()) text += "\n--- stdout\n" + outcome_.out.substr(0, 4000);
    return {Verdict::Kind::kFailed, text};
  }

  Checked RunStep(size_t index) {
    const Step step = Substituted(scenario_.steps[index]);
    const auto handler = Handlers().find(step.verb);
    if (handler != Handlers().end()) return (this->*handler->second)(step);
    Checked ran = RunBinary(step);
    if (!ran || StatesOutcome(index + 1)) return ran;
    return CheckExit(0);
  }

  /// Whether the step after a command says how it ended; else it must have succeeded.
  bool StatesOutcome(size_t index) const {
    if (crashed_) return true;
    if (index >= scenario_.steps.size() || scenario_.steps[index].verb != "expect") return false;
    const std::string what = FirstWord(scenario_.steps[index].rest);
    return what == "exit" || what == "error";
  }

  Step Substituted(Step step) const {
    const auto substitute = [this](std::string& text) {
      for (const auto& [name, value] : Variables()) text = ReplaceAll(std::move(text), "{" + name + "}", value);
    };
    substitute(step.rest);
    for (std::string& line : step.body) substitute(line);
    for (std::string& line : step.expected) substitute(line);
    return step;
  }

  std::map<std::string, std::string> Variables() const {
    return {{"dir", options_.folder},
            {"run", run_id_},
            {"previous", previous_run_id_},
            {"source", source_ ? source_->name() : ""},
            {"source_url_with_wrong_password", WrongPassword()},
            {"target", target_ ? target_->name() : ""}};
  }

  std::string WrongPassword() const {
    return source_ && !source_->password().empty() ? ReplaceAll(source_->Url(), source_->password(), "wrong") : "";
  }

  // --- making the sides

  Checked Require(const Step&) { return {}; }

  Checked MakeSide(const Step& step, const std::string& role, std::unique_ptr<System>& side) {
    side.reset();
    auto made = MakeSystem({FirstWord(step.rest), AfterFirstWord(step.rest), options_.folder, role});
    if (!made) return Fault(made.error());
    side = std::move(*made);
    return step.body.empty() ? Checked{} : side->Execute(JoinLines(step.body));
  }

  Checked MakeSource(const Step& step) {
    if (step.rest == "previous") {
      source_ = std::move(target_);
      return {};
    }
    return MakeSide(step, "source", source_);
  }

  Checked MakeTarget(const Step& step) { return MakeSide(step, "target", target_); }

  Checked Login(const Step& step) { return Side(step.rest).UseRestrictedLogin(JoinLines(step.body)); }

  System& Side(const std::string& role) { return role == "source" ? *source_ : *target_; }

  Checked SetVariable(const Step& step) {
    const size_t equals = step.rest.find('=');
    environment_[step.rest.substr(0, equals)] = step.rest.substr(equals + 1);
    return {};
  }

  Checked MakeFile(const Step& step) {
    WriteFile(options_.folder + "/" + step.rest, JoinLines(step.body) + "\n");
    return {};
  }

  /// The body, or `sql target file NAME`.
  Checked Sql(const Step& step) {
    const std::vector<std::string> words = SplitWords(step.rest);
    const std::string text = words.size() == 3 ? ReadFile(options_.folder + "/" + words[2]) : JoinLines(step.body);
    return Side(words.at(0)).Execute(text);
  }

  Checked Refuse(const Step& step) {
    if (Side(step.rest).Execute(JoinLines(step.body))) return Fault("the statement was not refused");
    return {};
  }

  Checked SetWriter(const Step& step) {
    write_during_ = JoinLines(step.body);
    return {};
  }

  Checked SetCrash(const Step& step) {
    crash_after_ = std::stoi(FirstWord(step.rest));
    return {};
  }

  // --- running the binary

  /// Plans name their ends by reference, so that no password is ever an argument or in a file.
  Checked SetPlan(const Step& step) {
    std::string text = JoinLines(step.body) + "\n";
    const bool whole = std::any_of(step.body.begin(), step.body.end(), [](const std::string& line) {
      return line.starts_with("version:") || line.starts_with("{");
    });
    if (!whole) text = Head() + text;
    WriteFile(options_.folder + "/plan.yaml", text);
    has_plan_ = true;
    return {};
  }

  static std::string Head() {
    return "version: 1\nsource: {url: \"${SOURCE_URL}\"}\ntarget: {url: \"${TARGET_URL}\"}\n";
  }

  std::vector<std::string> Words(const Step& step) {
    const std::vector<std::string> ends = {"${SOURCE_URL}", "${TARGET_URL}"};
    const std::string& verb = step.verb;
    std::vector<std::string> words;
    if (verb == "migrate") words = {"copy", ends[0], ends[1]};
    if (verb == "propose") words = {"plan", ends[0], ends[1], "-o", "plan.yaml"};
    if (verb == "run" || verb == "rehearse") words = {verb, "plan.yaml"};
    if (verb == "verify")
      words = has_plan_ ? std::vector<std::string>{verb, "plan.yaml"} : std::vector{verb, ends[0], ends[1]};
    if (verb == "resume" || verb == "undo" || verb == "accept" || verb == "status") words = {verb, run_id_};
    if (verb == "quarantine") words = {verb, FirstWord(step.rest), run_id_};
    const std::vector<std::string> given = SplitWords(verb == "quarantine" ? AfterFirstWord(step.rest) : step.rest);
    words.insert(words.end(), given.begin(), given.end());
    words.insert(words.begin(), options_.binary);
    if (verb != "cli") words.insert(words.end(), {"--json"});
    return words;
  }

  Checked RunBinary(const Step& step) {
    if ((step.verb == "run" || step.verb == "rehearse") && !has_plan_)
      WriteFile(options_.folder + "/plan.yaml", Head());
    if (step.verb == "resume" && crash_missed_) return {};
    Command command{.words = Words(step), .folder = options_.folder, .environment = Environment()};
    if (crash_after_ > 0) command.kill_when = [this] { return target_->LedgerLines() >= crash_after_; };
    {
      std::optional<BackgroundWriter> writer;
      if (!write_during_.empty()) writer.emplace(*source_, write_during_);
      outcome_ = RunCommand(command);
    }
    return Digest(step);
  }

  std::map<std::string, std::string> Environment() const {
    auto environment = environment_;
    if (source_) environment["SOURCE_URL"] = source_->Url();
    if (target_) environment["TARGET_URL"] = target_->Url();
    environment["XDG_STATE_HOME"] = options_.folder + "/state";
    environment["NO_COLOR"] = "1";
    return environment;
  }

  /// What must hold after every command.
  Checked Digest(const Step& step) {
    if (options_.verbose)
      std::fprintf(stderr, "%s %s\n%s%s\n", step.verb.c_str(), step.rest.c_str(), outcome_.err.c_str(),
                   outcome_.out.c_str());
    crashed_ = outcome_.killed;
    crash_missed_ = crash_after_ > 0 && !crashed_;
    crash_after_ = 0;
    write_during_.clear();
    report_ = {};
    if (outcome_.timed_out) return Fault("no end within the time allowed");
    if (outcome_.exit_status == 127) return Fault(outcome_.err);
    if (outcome_.exit_status >= 128 && outcome_.exit_status != 130 && !crashed_) return Fault("ended by a signal");
    if (outcome_.err.find("Sanitizer") != std::string::npos) return Fault("a sanitizer complains");
    if (std::string secret = LeakedSecret(); !secret.empty()) return Fault("the password was printed");
    if (crashed_) return FindRunId();
    return step.verb == "cli" ? Checked{} : ReadReport(step);
  }

  std::string LeakedSecret() const {
    for (const System* side : {source_.get(), target_.get()}) {
      const std::string secret = side != nullptr ? side->password() : "";
      const bool leaked = !secret.empty() && (outcome_.out + outcome_.err).find(secret) != std::string::npos;
      if (leaked) return secret;
    }
    return "";
  }

  Checked ReadReport(const Step& step) {
    boost::system::error_code error;
    report_ = boost::json::parse(outcome_.out, error);
    if (error) return Fault("stdout is not one JSON document: " + error.message());
    const bool is_run = step.verb == "migrate" || step.verb == "run" || step.verb == "rehearse";
    if (const auto id = FindInReport(report_, "run_id"); is_run && id && !id->empty()) TakeRun(*id);
    if (std::string fault = ReportFault(report_); !fault.empty()) return Fault(fault);
    return {};
  }

  void TakeRun(const std::string& id) {
    if (id != run_id_) previous_run_id_ = std::exchange(run_id_, id);
  }

  /// After a crash there is no report: the newest run is ours.
  Checked FindRunId() {
    const Outcome runs = RunCommand(
        {.words = {options_.binary, "runs", "--json"}, .folder = options_.folder, .environment = Environment()});
    boost::system::error_code error;
    const auto id = FindInReport(boost::json::parse(runs.out, error), "runs[0].run_id");
    if (!id) return Fault("after the crash: " + id.error());
    TakeRun(*id);
    return {};
  }

  // --- expectations

  Checked Expect(const Step& step) {
    const std::string what = FirstWord(step.rest);
    Step inner = step;
    inner.rest = AfterFirstWord(step.rest);
    if (what == "exit") return CheckExit(std::stoi(inner.rest));
    if (what == "error") return ExpectError(inner);
    if (what == "rows") return ExpectRows(*target_, inner);
    if (what == "source") return ExpectRows(*source_, WithoutWord(inner, "rows"));
    if (what == "schema") return ExpectSchema(inner);
    if (what == "report") return ExpectReport(inner);
    if (what == "object") return ExpectObject(inner);
    if (what == "output") return ExpectOutput(inner);
    if (what == "file") return ExpectFile(inner);
    return Fault("no such expectation: " + what);
  }

  static Step WithoutWord(Step step, const std::string& word) {
    if (FirstWord(step.rest) == word) step.rest = AfterFirstWord(step.rest);
    return step;
  }

  Checked CheckExit(int expected) const {
    if (crash_missed_) return {};
    if (outcome_.exit_status == expected) return {};
    return Fault("exit status " + std::to_string(outcome_.exit_status) + " instead of " + std::to_string(expected));
  }

  Checked ExpectError(const Step& step) const {
    if (outcome_.exit_status == 0) return Fault("it succeeded");
    const std::string said = outcome_.out + outcome_.err;
    for (const std::string& part : {FirstWord(step.rest), AfterFirstWord(step.rest)}) {
      const bool said_it =
          said.find(part) != std::string::npos || said.find(ReplaceAll(part, "\"", "\\\"")) != std::string::npos;
      if (!said_it) return Fault("the error does not say: " + part);
    }
    return {};
  }

  static Checked ExpectRows(System& side, const Step& step) {
    const std::string sql = step.Text();
    const auto rows = side.Query(sql);
    if (!rows) return Fault(rows.error());
    return CompareRows(*rows, step.expected, IsOrdered(sql));
  }

  Checked ExpectSchema(const Step& step) const {
    const auto columns = target_->Columns(step.rest);
    if (!columns) return Fault(columns.error());
    return CompareRows(*columns, step.has_expected ? step.expected : step.body, true);
  }

  Checked ExpectReport(const Step& step) const {
    const std::string path = FirstWord(step.rest);
    const auto value = FindInReport(report_, path);
    if (!value) return Fault(value.error());
    const std::string wanted = AfterFirstWord(step.rest);
    const bool contains = wanted.starts_with("~ ") && value->find(wanted.substr(2)) != std::string::npos;
    if (*value == wanted || contains) return {};
    return Fault(path + " is " + *value + " instead of " + wanted);
  }

  /// `expect object <kind, possibly of several words> <name> <status>`
  Checked ExpectObject(const Step& step) const {
    const std::vector<std::string> words = SplitWords(step.rest);
    if (words.size() < 3) return Fault("expect object needs kind, name and status");
    const std::string kind =
        step.rest.substr(0, step.rest.size() - words.back().size() - words[words.size() - 2].size() - 2);
    for (int i = 0;; ++i) {
      const std::string at = "objects[" + std::to_string(i) + "]";
      const auto found = FindInReport(report_, at);
      if (!found) return Fault("no object " + step.rest);
      const auto name = FindInReport(report_, at + ".name");
      const bool named = name && (*name == words[words.size() - 2] || name->ends_with("." + words[words.size() - 2]));
      if (named && FindInReport(report_, at + ".kind") == kind && FindInReport(report_, at + ".status") == words.back())
        return {};
    }
  }

  Checked ExpectOutput(const Step& step) const {
    if ((outcome_.out + outcome_.err).find(step.rest) != std::string::npos) return {};
    return Fault("the output does not contain: " + step.rest);
  }

  Checked ExpectFile(const Step& step) const {
    std::istringstream content(ReadFile(step.rest.starts_with("/") ? step.rest : options_.folder + "/" + step.rest));
    Rows lines;
    for (std::string line; std::getline(content, line);) lines.push_back(Escape(line));
    return CompareRows(lines, step.has_expected ? step.expected : step.body, true);
  }

  const Scenario& scenario_;
  const SessionOptions& options_;
  std::unique_ptr<System> source_, target_;
  std::map<std::string, std::string> environment_;
  bool has_plan_ = false;
  std::string write_during_;
  int crash_after_ = 0;
  bool crashed_ = false;
  bool crash_missed_ = false;  ///< the run ended before the crash was due: then there is nothing to resume
  Outcome outcome_;
  boost::json::value report_;
  std::string run_id_, previous_run_id_;
};

}  // namespace

Verdict RunScenario(const Scenario& scenario, const SessionOptions& options) {
  return Session(scenario, options).Run();
}

}  // namespace migrateiq::runner
