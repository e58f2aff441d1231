using System.Runtime.Loader;
using NoiseGen.Tests.Agreement;
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
            return Check(model, network);
        }
        catch (DisagreementException failure)
        {
            return new(FailureKind.Differs, failure.Message, failure.Excess);
        }
        catch (Exception failure)
        {
            // Whatever is thrown is the network's fault, and the declaration has to be made smaller and shown.
            return failure is Xunit.Sdk.XunitException
                ? new(FailureKind.Differs, failure.Message) : new(FailureKind.Throws, failure.ToString());
        }
    }

    // With many quantized pixels hardly any large batch stays away from all rounding boundaries: a smaller one may.
    private static Failure? Check(NetworkModel model, LoadedNetwork network)
    {
        try
        {
            AgreementCheck.Run(model, network);
            return null;
        }
        catch (TooFineException tooFine)
        {
            return model.Batch / 2 >= model.FewestImages
                ? Check(model with { Batch = model.Batch / 2 }, network) : new(FailureKind.TooFine, tooFine.Message);
        }
    }
}

internal enum FailureKind
{
    /// <summary>Float and double may decide differently whatever the images are: nothing can be said.</summary>
    TooFine,

    /// <summary>The generator or the compiler refused the declaration.</summary>
    Refused,

    /// <summary>The network and the oracle differ.</summary>
    Differs,

    /// <summary>Something threw.</summary>
    Throws,
}

/// <summary>What is wrong with a network.</summary>
/// <param name="Excess">How many times as large as allowed the error is, where it is one of a tensor.</param>
internal sealed record Failure(FailureKind Kind, string Text, double Excess = 1)
{
    /// <summary>
    /// Whether a smaller declaration's failure may have the same cause: an error that shrinks to a rounding's size has another.
    /// </summary>
    public bool Resembles(Failure larger) => Kind == larger.Kind && Excess >= Math.Sqrt(larger.Excess);
}
