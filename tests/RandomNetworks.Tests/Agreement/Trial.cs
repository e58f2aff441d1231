using System.Runtime.Loader;
using NoiseGen.Tests.RandomNetworks.Compiling;
using NoiseGen.Tests.RandomNetworks.Declarations;

namespace NoiseGen.Tests.RandomNetworks.Agreement;

/// <summary>Compiles declarations and compares their networks with the oracle.</summary>
internal static class Trial
{
    /// <summary>What is wrong with each declaration, in order; null where nothing is.</summary>
    public static Failure?[] Run(NetworkModel[] networks)
    {
        var context = new AssemblyLoadContext("random networks", isCollectible: true);
        Compiled[] compiled = NetworkCompiler.Compile(networks, context);
        var failures = new Failure?[networks.Length];
        Parallel.For(0, networks.Length, i => failures[i] = Try(networks[i], compiled[i]));
        context.Unload();
        return failures;
    }

    private static Failure? Try(NetworkModel model, Compiled compiled)
    {
        if (compiled.Network is not { } network) return new(FailureKind.Refused, compiled.Errors);
        try
        {
            AgreementCheck.Run(model, network);
            return null;
        }
        catch (Exception failure)
        {
            // Whatever is thrown is the network's fault, and the declaration has to be made smaller and shown.
            return failure is Xunit.Sdk.XunitException ? new(FailureKind.Differs, failure.Message) : new(FailureKind.Throws, failure.ToString());
        }
    }
}

internal enum FailureKind
{
    /// <summary>The generator or the compiler refused the declaration.</summary>
    Refused,

    /// <summary>The network and the oracle differ.</summary>
    Differs,

    /// <summary>Something threw.</summary>
    Throws,
}

/// <summary>What is wrong with a network.</summary>
internal sealed record Failure(FailureKind Kind, string Text);
