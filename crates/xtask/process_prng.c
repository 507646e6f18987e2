/* Stands in for the one function of bcryptprimitives.dll that Rust's standard library calls, which Wine 8 lacks. Windows has
   its own: this is for trials under Wine and never shipped. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
    return RtlGenRandom(data, (ULONG)size);
}
