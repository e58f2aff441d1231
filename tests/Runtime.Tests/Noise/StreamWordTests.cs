using System.Globalization;
using NoiseGen.CompilerServices;

namespace NoiseGen.Runtime.Tests.Noise;

/// <summary>Different uses of one seed draw different random numbers.</summary>
public class StreamWordTests
{
    [Fact]
    public void NoTwoUsesShareAWord()
    {
        var uses = new List<(string Use, uint Word)>
        {
            ("image", StreamWord.Image), ("parameters", StreamWord.Parameters),
        };
        uses.AddRange(Enum.GetValues<RandomStream>().Select(stream => (stream.ToString(), (uint)stream)));
        foreach (bool evaluation in new[] { false, true })
        {
            var key = new NoiseKey(1, 0, evaluation);
            foreach (int number in Enumerable.Range(0, 1000).Append(0xFFFF))
            {
                string what = string.Create(CultureInfo.InvariantCulture, $"{number}, {(evaluation ? "evaluation" : "training")}");
                uses.Add(($"noise site {what}", GaussianNoise.SiteWord(key, number)));
                uses.Add(($"second sample {what}", GaussianNoise.SecondSiteWord(key, number)));
                uses.Add(($"weight noise {what}", WeightNoise.StageWord(key, number)));
                uses.Add(($"dropout {what}", Dropout.StageWord(key, number)));
                foreach (CellDraw draw in Enum.GetValues<CellDraw>())
                    uses.Add(($"reading {draw} {what}", CellNoise.ReadWord(key, number, draw)));
                if (evaluation) continue;
                foreach (CellDraw draw in Enum.GetValues<CellDraw>()) uses.Add(($"chip's {draw} {what}", CellNoise.ChipWord(number, draw)));
                uses.Add(($"device {what}", GaussianNoise.DeviceWord(GaussianNoise.SiteWord(key, number))));
                uses.Add(($"device's second {what}", GaussianNoise.DeviceWord(GaussianNoise.SecondSiteWord(key, number))));
                uses.Add(($"drift {what}", WeightDrift.StageWord(0, number)));
            }
        }

        Assert.All(uses.GroupBy(use => use.Word), word => Assert.Single(word));
    }
}
