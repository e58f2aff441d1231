using System.Runtime.InteropServices;

namespace NoiseGen.Package.Tests;

/// <summary>A test of what is asked of x64 processors alone: others have what the kernels need by default.</summary>
internal sealed class X64FactAttribute : FactAttribute
{
    public X64FactAttribute()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64) Skip = "This is no x64 processor.";
    }
}
