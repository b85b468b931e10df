#include "onnx-runtime.h"

#include <cstdint>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <dlfcn.h>
#endif

namespace voicesync {
namespace {

// ONNX Runtime's C interface as far as it is used (onnxruntime_c_api.h): a table of functions to which each release only appends.
struct OrtEnv;
struct OrtStatus;
struct OrtApi {
    const void * before[3];
    OrtStatus * (*createEnv)(int logLevel, const char * logId, OrtEnv ** out);
    const void * between[2];
    OrtStatus * (*disableTelemetryEvents)(const OrtEnv * env);
};
struct OrtApiBase {
    const OrtApi * (*getApi)(uint32_t version);
    const char * (*getVersion)();
};

constexpr uint32_t API_VERSION = 1;
constexpr int LOG_ERRORS = 3;

const OrtApiBase * loadedOnnxRuntime() {
    using GetApiBase = const OrtApiBase * (*)();
#ifdef _WIN32
    const HMODULE library = GetModuleHandleW(L"onnxruntime.dll");
    const auto getApiBase =
        library ? reinterpret_cast<GetApiBase>(GetProcAddress(library, "OrtGetApiBase")) : nullptr;
#else
    void * const library = dlopen("libonnxruntime.so.1", RTLD_NOW | RTLD_NOLOAD);
    const auto getApiBase = library ? reinterpret_cast<GetApiBase>(dlsym(library, "OrtGetApiBase")) : nullptr;
#endif
    return getApiBase ? getApiBase() : nullptr;
}

}  // namespace

bool silenceOnnxRuntime() {
    const OrtApiBase * const base = loadedOnnxRuntime();
    const OrtApi * const api = base ? base->getApi(API_VERSION) : nullptr;
    if (!api) {
        return false;
    }
    // There is one for the whole process. It is kept to its end, as the other addon does.
    static OrtEnv * env = nullptr;
    if (!env && api->createEnv(LOG_ERRORS, "voicesync", &env)) {
        return false;
    }
    return api->disableTelemetryEvents(env) == nullptr;
}

}  // namespace voicesync
