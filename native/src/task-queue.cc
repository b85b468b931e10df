#include "task-queue.h"

#include <set>
#include <string>
#include <utility>

namespace voicesync {
namespace {

using JsCall = std::function<void(Napi::Env)>;

void runOnJs(Napi::Env env, Napi::Function, std::nullptr_t *, JsCall * call) {
    if (env != nullptr) {
        (*call)(env);
    }
    delete call;
}

using JsThread = Napi::TypedThreadSafeFunction<std::nullptr_t, JsCall, runOnJs>;

const char * nameOf(Failure failure) {
    switch (failure) {
        case Failure::aborted:
            return "aborted";
        case Failure::modelUnusable:
            return "modelUnusable";
        case Failure::outOfMemory:
            return "outOfMemory";
        case Failure::inferenceFailed:
            break;
    }
    return "inferenceFailed";
}

Napi::Value failureValue(Napi::Env env, const char * reason, const char * text) {
    Napi::Error error = Napi::Error::New(env, text);
    error.Value().Set("reason", reason);
    return error.Value();
}

}  // namespace

struct TaskQueue::Task {
    Task(Napi::Env env, Work work) : deferred(Napi::Promise::Deferred::New(env)), work(std::move(work)) {}

    // On JavaScript's thread, where alone references may be given up.
    void forget() {
        owner.Reset();
        listener.Reset();
        work = nullptr;
        settled = true;
    }

    Napi::Promise::Deferred deferred;
    Work work;
    AbortFlag abort{false};
    Napi::ObjectReference owner;
    Napi::FunctionReference listener;
    bool settled = false;
};

struct TaskQueue::Inner : std::enable_shared_from_this<Inner> {
    // The queues whose threads have not been ended.
    static std::mutex & allMutex() {
        static std::mutex mutex;
        return mutex;
    }
    static std::set<Inner *> & all() {
        static std::set<Inner *> queues;
        return queues;
    }

    void start(Napi::Env env) {
        environment = env;
        js = JsThread::New(env, "voicesync", 0, 1);
        js.Unref(env);
        // Registered after the channel's own hook, so it runs before it: the thread ends while the channel is whole.
        napi_add_env_cleanup_hook(env, &Inner::onEnvironmentEnd, this);
        hooked = true;
        {
            std::lock_guard<std::mutex> lock(allMutex());
            all().insert(this);
        }
        thread = std::thread([this] { run(); });
    }

    static void onEnvironmentEnd(void * self) {
        auto * inner = static_cast<Inner *>(self);
        inner->hooked = false;
        inner->stop();
    }

    // On the queue's thread.
    void run() {
        while (true) {
            std::shared_ptr<Task> task;
            {
                std::unique_lock<std::mutex> lock(mutex);
                wake.wait(lock, [this] { return ending || !waiting.empty(); });
                if (ending) {
                    return;
                }
                task = waiting.front();
                waiting.pop_front();
                running = task;
            }
            perform(task);
            std::lock_guard<std::mutex> lock(mutex);
            running.reset();
        }
    }

    void perform(const std::shared_ptr<Task> & task) {
        const Emit emit = [this, task](const char * event, ToJs value) {
            toJs([task, event, value](Napi::Env env) {
                if (!task->settled && !task->abort && !task->listener.IsEmpty()) {
                    task->listener.Call({Napi::String::New(env, event), value(env)});
                }
            });
        };
        // Held by the calls, which may run after the queue's owner has gone.
        const auto self = shared_from_this();
        const auto fail = [&](Failure reason, const std::string & text) {
            toJs([self, task, reason, text](Napi::Env env) {
                self->settle(env, *task, nullptr, nameOf(reason), text.c_str());
            });
        };
        try {
            const ToJs result = task->work(task->abort, emit);
            toJs([self, task, result](Napi::Env env) { self->settle(env, *task, &result, nullptr, nullptr); });
        } catch (const EngineError & error) {
            fail(error.reason, error.what());
        } catch (const std::exception & error) {
            fail(Failure::inferenceFailed, error.what());
        }
    }

    // Calls handed over after the environment's end are dropped; the references stay with `live`.
    void toJs(JsCall call) {
        auto * posted = new JsCall(std::move(call));
        if (js.NonBlockingCall(posted) != napi_ok) {
            delete posted;
        }
    }

    // Below, on JavaScript's thread.

    void settle(Napi::Env env, Task & task, const ToJs * result, const char * reason, const char * text) {
        if (task.settled) {
            return;
        }
        Napi::HandleScope scope(env);
        if (task.abort) {
            reason = nameOf(Failure::aborted);
            text = "aborted";
        }
        if (reason != nullptr) {
            task.deferred.Reject(failureValue(env, reason, text));
        } else {
            task.deferred.Resolve((*result)(env));
        }
        task.forget();
        for (auto entry = live.begin(); entry != live.end(); ++entry) {
            if (entry->get() == &task) {
                live.erase(entry);
                break;
            }
        }
        if (live.empty()) {
            js.Unref(env);
        }
    }

    Napi::Promise enqueue(Napi::Env env, const std::shared_ptr<Task> & task) {
        const Napi::Promise promise = task->deferred.Promise();
        if (live.empty()) {
            js.Ref(env);
        }
        live.insert(task);
        {
            std::lock_guard<std::mutex> lock(mutex);
            waiting.push_back(task);
        }
        wake.notify_one();
        return promise;
    }

    // A running task ends by itself soon; one that waits ends now.
    void abort(Napi::Env env, const std::shared_ptr<Task> & task) {
        task->abort = true;
        bool removed = false;
        {
            std::lock_guard<std::mutex> lock(mutex);
            for (auto entry = waiting.begin(); entry != waiting.end(); ++entry) {
                if (*entry == task) {
                    waiting.erase(entry);
                    removed = true;
                    break;
                }
            }
        }
        if (removed) {
            settle(env, *task, nullptr, nullptr, nullptr);
        }
    }

    void endThread() {
        {
            std::lock_guard<std::mutex> lock(mutex);
            ending = true;
            waiting.clear();
            if (running) {
                running->abort = true;
            }
        }
        wake.notify_one();
        if (thread.joinable()) {
            thread.join();
        }
    }

    void stop() {
        {
            std::lock_guard<std::mutex> lock(allMutex());
            if (all().erase(this) == 0) {
                return;
            }
        }
        endThread();
        closed = true;
        for (const auto & task : live) {
            task->forget();
        }
        live.clear();
        if (hooked) {
            napi_remove_env_cleanup_hook(environment, &Inner::onEnvironmentEnd, this);
            hooked = false;
        }
        js.Release();
    }

    JsThread js;
    napi_env environment = nullptr;
    bool hooked = false;
    bool closed = false;
    std::set<std::shared_ptr<Task>> live;

    std::mutex mutex;
    std::condition_variable wake;
    std::deque<std::shared_ptr<Task>> waiting;
    std::shared_ptr<Task> running;
    bool ending = false;
    std::thread thread;
};

TaskQueue::TaskQueue(Napi::Env env) : inner_(std::make_shared<Inner>()) { inner_->start(env); }

TaskQueue::~TaskQueue() { inner_->stop(); }

void TaskQueue::endAll(Napi::Env env) {
    std::set<Inner *> queues;
    {
        std::lock_guard<std::mutex> lock(Inner::allMutex());
        queues = Inner::all();
    }
    for (Inner * inner : queues) {
        if (inner->environment == env) {
            inner->stop();
        }
    }
}

Napi::Object TaskQueue::post(Napi::Env env, Napi::Object owner, Work work, Napi::Value listener) {
    auto task = std::make_shared<Task>(env, std::move(work));
    Napi::Object handle = Napi::Object::New(env);
    handle.Set("promise", task->deferred.Promise());
    if (inner_->closed) {
        task->deferred.Reject(failureValue(env, "notLoaded", "the model was freed"));
        task->forget();
        handle.Set("abort", Napi::Function::New(env, [](const Napi::CallbackInfo &) {}));
        return handle;
    }
    task->owner = Napi::Persistent(owner);
    if (listener.IsFunction()) {
        task->listener = Napi::Persistent(listener.As<Napi::Function>());
    }
    inner_->enqueue(env, task);
    std::weak_ptr<Inner> inner = inner_;
    std::weak_ptr<Task> weak = task;
    handle.Set("abort", Napi::Function::New(env, [inner, weak](const Napi::CallbackInfo & info) {
                   const auto queue = inner.lock();
                   const auto task = weak.lock();
                   if (queue && task && !task->settled) {
                       queue->abort(info.Env(), task);
                   }
               }));
    return handle;
}

Napi::Value TaskQueue::close(Napi::Env env, Napi::Object owner, std::function<void()> last) {
    if (!inner_->closed) {
        const auto open = inner_->live;
        for (const auto & task : open) {
            inner_->abort(env, task);
        }
    }
    auto task = std::make_shared<Task>(env, [last = std::move(last)](const AbortFlag &, const Emit &) -> ToJs {
        last();
        return [](Napi::Env env) { return env.Undefined(); };
    });
    inner_->closed = true;
    task->owner = Napi::Persistent(owner);
    return inner_->enqueue(env, task);
}

}  // namespace voicesync
