#include "modules/orchestrator/job.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace migrateiq::orchestrator {

namespace {

using enum RunState;

constexpr std::array<std::pair<RunState, std::string_view>, 7> kStates{{{queued, "queued"},
                                                                        {running, "running"},
                                                                        {paused, "paused"},
                                                                        {succeeded, "succeeded"},
                                                                        {failed, "failed"},
                                                                        {cancelled, "cancelled"},
                                                                        {undone, "undone"}}};

}  // namespace

std::string_view Word(RunState state) {
  return std::ranges::find(kStates, state, &decltype(kStates)::value_type::first)->second;
}

std::optional<RunState> ParseRunState(std::string_view word) {
  const auto found = std::ranges::find(kStates, word, &decltype(kStates)::value_type::second);
  return found == kStates.end() ? std::nullopt : std::optional(found->first);
}

bool IsOver(RunState state) { return state == succeeded || state == failed || state == cancelled || state == undone; }

bool IsPossible(RunAction action, RunState state) {
  switch (action) {
    case RunAction::kPause: return state == running;
    case RunAction::kResume: return state == paused;
    case RunAction::kCancel: return state == queued || state == running || state == paused;
    case RunAction::kRetry: return state == failed || state == cancelled;
    case RunAction::kUndo: return state == succeeded || state == failed || state == cancelled;
    case RunAction::kAccept:
    case RunAction::kReplay: return state == succeeded;
    case RunAction::kApprove:
    case RunAction::kReject: return true;
  }
  return false;
}

std::string_view Word(RunAction action) {
  constexpr std::array<std::string_view, 9> kWords{"pause",  "resume", "cancel",  "retry", "undo",
                                                   "accept", "replay", "approve", "reject"};
  return kWords.at(static_cast<size_t>(action));
}

}  // namespace migrateiq::orchestrator
