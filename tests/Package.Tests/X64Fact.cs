using System.Runtime.InteropServices;

namespace NoiseGen.Package.Tests;

/// <summary>A test for x64 processors only: other processors have the kernels' instructions by default.</summary>
internal sealed class X64FactAttribute : FactAttribute
{
    public X64FactAttribute()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64) Skip = "This is not an x64 processor.";
    }
}
