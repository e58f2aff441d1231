using NoiseGen.CompilerServices;

namespace NoiseGen.Tests.Reference;

/// <summary>
/// Inverted dropout (arXiv 1207.0580; scaled in training, so that evaluation does nothing):
/// y = x / (1 − rate) where an element is kept, else 0.
/// </summary>
/// <param name="stage">Index of the stage.</param>
/// <param name="shape">Shape of its output.</param>
internal sealed class DropoutOperation(int stage, Shape shape, float rate) : Operation
{
    public override double[] Forward(double[] x, ImageNoise noise) => Apply(x, noise);

    public override double[] Backward(double[] x, double[] dy, ImageNoise noise, double[][] gradients) => Apply(dy, noise);

    private double[] Apply(double[] values, ImageNoise noise)
    {
        if (noise.Key.Evaluation) return values;

        var result = new double[values.Length];
        int i = 0;
        for (int channel = 0; channel < shape.Channels; channel++)
        for (int row = 0; row < shape.Height; row++)
        for (int column = 0; column < shape.Width; column++, i++)
            result[i] = Keeps(noise, channel, row, column) ? values[i] / (1 - (double)rate) : 0;
        return result;
    }

    // Elements and their groups of four are numbered as in GaussianNoise.Sample; the counter's last word distinguishes dropout from the
    // noise sites.
    private bool Keeps(ImageNoise noise, int channel, int row, int column)
    {
        int groupsPerRow = (shape.Width * shape.Channels + 3) / 4;
        int element = column * shape.Channels + channel;
        var counter =
            new Philox.Words((uint)noise.Image, (uint)(row * groupsPerRow + element / 4), noise.Key.Draw, 0x04000000u | (uint)stage);
        return Philox.Generate(counter, noise.Key.Seed)[element % 4] >= rate * Math.Pow(2, 32);
    }
}
