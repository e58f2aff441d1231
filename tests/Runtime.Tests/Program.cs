// Started as a child by a test, with some of the processor's instructions switched off.
Console.Write(NoiseGen.Runtime.Tests.Digest.OfEverything());
