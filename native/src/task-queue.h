// A thread of its own for each model, and the way of its results back to JavaScript. Inference must not sit on libuv's
// few pool threads, and whisper.cpp wants its calls one at a time.
#pragma once

#include <napi.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "engine.h"

namespace voicesync {

// Turns a result into a JavaScript value, on JavaScript's thread.
using ToJs = std::function<Napi::Value(Napi::Env)>;

// Sends something to a task's listener while the task runs. Callable from any thread.
using Emit = std::function<void(const char * event, ToJs value)>;

// The work of a task, on the queue's thread. Throws EngineError.
using Work = std::function<ToJs(const AbortFlag & abort, const Emit & emit)>;

class TaskQueue {
  public:
    explicit TaskQueue(Napi::Env env);
    // Ends what runs and waits for it; promises still open are never settled.
    ~TaskQueue();
    TaskQueue(const TaskQueue &) = delete;
    TaskQueue & operator=(const TaskQueue &) = delete;

    // Ends the threads of all queues of this environment, before the process destroys what they use.
    static void endAll(Napi::Env env);

    // Runs `work` after all that was posted before it. Gives { promise, abort() }; the promise is rejected with an Error
    // whose `reason` is a Failure's name. `owner` lives until it is settled; `listener` is called as (event, value).
    Napi::Object post(Napi::Env env, Napi::Object owner, Work work, Napi::Value listener);

    // Aborts all tasks, then runs `last`; everything posted later is rejected.
    Napi::Value close(Napi::Env env, Napi::Object owner, std::function<void()> last);

  private:
    struct Task;
    struct Inner;
    std::shared_ptr<Inner> inner_;
};

}  // namespace voicesync
