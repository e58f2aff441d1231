namespace NoiseGen.Tests.Properties;

[Network(1, 6, 6)]
internal sealed partial class ConvNormDense
{
    [Conv2d(2, 3), BatchNorm, Relu] public partial Stage Conv { get; }
    [Dense(3)] public partial Stage Logits { get; }
}

/// <summary>A state dict that another program wrote is read, and yields the same outputs.</summary>
public class PyTorchFileTests
{
    // A module of libtorch 2.10 with a convolution Conv, its norm Conv.norm and a linear layer Logits, after one batch of training, as
    // TorchSharp.PyBridge 1.4.4 saved it: its header is not padded, and its counter of batches comes after the floats.
    private const string File = """
        iQIAAAAAAAB7IkNvbnYud2VpZ2h0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyLDEsMywzXSwiZGF0YV9vZmZzZXRzIjpbMCw3Ml19LCJDb252LmJpYXMiOnsiZHR5
        cGUiOiJGMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls3Miw4MF19LCJDb252Lm5vcm0ud2VpZ2h0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyXSwiZGF0
        YV9vZmZzZXRzIjpbODAsODhdfSwiQ29udi5ub3JtLmJpYXMiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls4OCw5Nl19LCJMb2dpdHMu
        d2VpZ2h0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlszLDMyXSwiZGF0YV9vZmZzZXRzIjpbOTYsNDgwXX0sIkxvZ2l0cy5iaWFzIjp7ImR0eXBlIjoiRjMyIiwic2hh
        cGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbNDgwLDQ5Ml19LCJDb252Lm5vcm0ucnVubmluZ19tZWFuIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyXSwiZGF0YV9vZmZz
        ZXRzIjpbNDkyLDUwMF19LCJDb252Lm5vcm0ucnVubmluZ192YXIiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls1MDAsNTA4XX0sIkNv
        bnYubm9ybS5udW1fYmF0Y2hlc190cmFja2VkIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOltdLCJkYXRhX29mZnNldHMiOls1MDgsNTE2XX19ukbDvzEPQL82FTM/DtxL
        PgSeXT8ERXo+j7Qpv8GrTj8q1+A+6OmVPzi3D8CJJbm/9n16PYAkHr9OTky/PMgGvo1mTL/f5Ks+C3bJPhnskD8AAIA/AACAPwAAAAAAAAAAGPCaPVY+qL2TnjE+kS2Z
        vTrABz46MAk7cbq+vd8Xuj1rLcC9XfRUPSIVUb1/xJ68owcuvgmdrL1adMQ9ugEwveFNND5eGhE+np0HvJqn8b3Fd9w9+LhgPWkH6r0HKes9WcvbPY6LID678cq9+l/u
        vHxtYLuKg9M8/mAJvpN0AL5g88Q9UcopvaXYsD1QHiU8Pr9tPWc3Hz0Wo4M9aXezPemkJ76RO7Y9y47+vamUCL4jIzA8pMb2vE6i1D1kq9G9ROwgvn+9Az4pvNa8mqHL
        PZrHaD3vvQe+RXcRPcDrLT33Z/K9/sarvYrkdj3XsgE9VwCavZEwW73gyiU+P/gFvUcdzD2Pw5w9PQbqvbbxGb4nwi0+ZTwXPI4p+D0zDRY9NuFoPcU2Bz4rpSs+8z3w
        vbAPtTxGFgc+AiMDPpDp4D3SAQO+UFoCvmLz2r3m7bU8Zmo0PuWw5L1q7MA9VWLIvX0yKr4p5Rm9nZjQPcYNKD4O1+C9BiIdPcMxHD7+5+89f6HhPWOjAD7S/uQ9mgZV
        PVyDlD3/MK0/mRToPwEAAAAAAAAA
        """;

    // The module's outputs in evaluation for the pixels 0/36, 1/36 … 35/36.
    private static readonly float[] s_logits = [0.09505412f, 0.11981793f, 0.77146876f];

    [Fact]
    public void AStateDictOfPyTorchGivesPyTorchsLogits()
    {
        string path = Path.GetTempFileName();
        using var network = new ConvNormDense(seed: 9, batchSize: 1, threads: 1);
        try
        {
            System.IO.File.WriteAllBytes(path, Convert.FromBase64String(File));
            network.Load(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }

        float[] logits = new float[3];
        network.Forward([.. Enumerable.Range(0, 36).Select(i => i / 36f)], logits);
        for (int i = 0; i < logits.Length; i++) Assert.Equal(s_logits[i], logits[i], 1e-6f);
        Assert.Equal(0u, network.Step); // the file does not contain it
    }
}
